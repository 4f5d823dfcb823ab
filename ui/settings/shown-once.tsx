import { useRef, useState } from 'react';
import { Button } from '../shared/button.js';

/** Something that is shown only now: a link or a key, with one press to copy it. */
export function ShownOnce({ label, value }: { label: string; value: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'by-hand'>('no');
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setCopied('yes');
    } catch {
      // Over plain http the browser keeps the clipboard to itself; the words are selected already.
      setCopied('by-hand');
    }
  };
  return (
    <div className="once">
      <label className="sp">
        <span className="vh">{label}</span>
        <input
          ref={field}
          className="input mono"
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <Button onClick={() => void copy()}>{copied === 'yes' ? 'Copied' : 'Copy'}</Button>
      <span className="vh" role="status">
        {copied === 'yes' ? 'Copied' : ''}
      </span>
      {copied === 'by-hand' ? <p className="lab">It is selected: copy it with your keyboard.</p> : null}
    </div>
  );
}
