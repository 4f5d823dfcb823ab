import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Button } from '../shared/button.js';
import { Dialog } from '../shared/dialog.js';
import { Note } from '../shared/note.js';
import { canvasOf, fileOf } from './encode.js';
import { drawMark, type Area, type Mark, type MarkKind } from './marks.js';
import './pictures.css';

const tools: readonly { kind: MarkKind; label: string }[] = [
  { kind: 'blur', label: 'Blur' },
  { kind: 'box', label: 'Box' },
  { kind: 'arrow', label: 'Arrow' },
];

/** A picture with something blurred, boxed or pointed at. What is saved holds the pixels as they are shown, and no others. */
export function PictureEditor(props: { file: File; onClose: () => void; onSave: (file: File) => void }) {
  const { file, onClose, onSave } = props;
  const [base, setBase] = useState<HTMLCanvasElement>();
  const [trouble, setTrouble] = useState<string>();
  const [tool, setTool] = useState<MarkKind>('blur');
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  const [area, setArea] = useState<Area>();
  const shown = useRef<HTMLCanvasElement>(null);
  const dragging = useRef(false);

  useEffect(() => {
    let gone = false;
    canvasOf(file).then(
      (canvas) => {
        if (gone) return;
        setBase(canvas);
        setArea({ x: canvas.width / 3, y: canvas.height / 3, w: canvas.width / 3, h: canvas.height / 8 });
      },
      () => setTrouble('This browser cannot show the picture. Save it as PNG or JPEG and add it again.'),
    );
    return () => {
      gone = true;
    };
  }, [file]);

  useEffect(() => {
    const canvas = shown.current;
    const context = canvas?.getContext('2d');
    if (!base || !canvas || !context) return;
    canvas.width = base.width;
    canvas.height = base.height;
    context.drawImage(base, 0, 0);
    for (const mark of marks) drawMark(context, mark);
    if (!area) return;
    context.setLineDash([8, 6]);
    context.lineWidth = Math.max(2, base.width / 500);
    context.strokeStyle = '#1b4fd0';
    context.strokeRect(area.x, area.y, area.w, area.h);
    context.setLineDash([]);
  }, [base, marks, area]);

  const place = () => {
    if (!area || Math.abs(area.w) < 4 || Math.abs(area.h) < 4) return;
    setMarks([...marks, { kind: tool, area }]);
  };
  const keys = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      place();
    }
    if (!by || !area || !base) return;
    event.preventDefault();
    const pace = Math.max(4, base.width / 80);
    const [dx, dy] = [(by[0] ?? 0) * pace, (by[1] ?? 0) * pace];
    setArea(event.shiftKey ? { ...area, w: area.w + dx, h: area.h + dy } : { ...area, x: area.x + dx, y: area.y + dy });
  };
  const pointOf = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = event.currentTarget.width / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  };
  const save = async () => {
    if (!base) return;
    const context = base.getContext('2d');
    if (!context) return;
    for (const mark of marks) drawMark(context, mark);
    onSave(await fileOf(base, file.name, file.type));
  };

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title="Mark or blur the picture" shape="wide">
      {trouble ? <Note tone="not-found" title={trouble} /> : null}
      <div className="picture-tools row">
        <span className="seg" role="group" aria-label="Tool">
          {tools.map(({ kind, label }) => (
            <button key={kind} type="button" aria-pressed={tool === kind} onClick={() => setTool(kind)}>
              {label}
            </button>
          ))}
        </span>
        <Button small onClick={place} disabled={!area}>
          {tool === 'blur' ? 'Blur this area' : tool === 'box' ? 'Draw the box' : 'Draw the arrow'}
        </Button>
        <Button small tone="quiet" disabled={marks.length === 0} onClick={() => setMarks(marks.slice(0, -1))}>
          Undo
        </Button>
        <span className="sm faint" role="status">
          {marks.length === 0 ? '' : marks.length === 1 ? '1 mark' : `${String(marks.length)} marks`}
        </span>
      </div>
      <p className="sm dim" id="picture-keys">
        Drag over the picture. Or by keyboard: arrows move the frame, Shift and arrows size it, Enter marks.
      </p>
      <div
        className="picture-stage"
        role="application"
        aria-label="The picture and its frame"
        aria-describedby="picture-keys"
        tabIndex={0}
        onKeyDown={keys}
      >
        <canvas
          ref={shown}
          aria-hidden="true"
          onPointerDown={(event) => {
            dragging.current = true;
            event.currentTarget.setPointerCapture(event.pointerId);
            setArea({ ...pointOf(event), w: 0, h: 0 });
          }}
          onPointerMove={(event) => {
            if (!dragging.current || !area) return;
            const { x, y } = pointOf(event);
            setArea({ ...area, w: x - area.x, h: y - area.y });
          }}
          onPointerUp={() => {
            dragging.current = false;
            place();
          }}
        />
      </div>
      <div className="row verbs">
        <span className="sm dim sp">What lies under a blur is gone for good once you keep it.</span>
        <Button tone="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button tone="primary" disabled={marks.length === 0} onClick={() => void save()}>
          Keep this picture
        </Button>
      </div>
    </Dialog>
  );
}
