import { useQuery } from '@tanstack/react-query';
import type { EditorProps } from '../../review/track-pages.js';
import { ownText } from '../../../workflows/domain/sop-drafting/sections.js';
import { ownSectionKey } from '../../../workflows/domain/sop-drafting/template.js';
import { Button } from '../../shared/button.js';
import { TextArea } from '../../shared/field.js';
import { sopTemplateQuery } from '../../shared/queries.js';

type Props = Pick<EditorProps, 'draft' | 'onChange'>;

/** Which version of the team's format this draft follows, and the newer one where there is one. */
export function Format({ draft, onChange }: Props) {
  const { data } = useQuery(sopTemplateQuery);
  const { version } = draft.template;
  const newer = data !== undefined && data.version > version ? data : undefined;
  return (
    <p className="row sm dim format">
      <span>
        {version === 0 ? 'Format: the one that comes with Countersign' : `Format: version ${String(version)}`}
      </span>
      {newer ? (
        <Button
          small
          onClick={() => onChange({ ...draft, template: { version: newer.version, sections: newer.sections } })}
        >
          Use version {newer.version}
        </Button>
      ) : null}
    </p>
  );
}

/** The team's own sections, as its format names them; and words under one that the format no longer has. */
export function OwnSections({ draft, onChange, troubles }: Props & Pick<EditorProps, 'troubles'>) {
  const own = draft.template.sections.filter((section) => ownSectionKey.test(section.key));
  const left = draft.ownSections.filter(({ key }) => !own.some((section) => section.key === key));
  const rows = [
    ...own.map(({ key, name, required }) => ({
      key,
      label: name,
      hint: required ? 'The format asks for it before approval.' : undefined,
    })),
    ...left.map(({ key }, index) => ({
      key,
      label: `Left out by the format${left.length > 1 ? `, ${String(index + 1)}` : ''}`,
      hint: 'Kept in the draft and not on the page. Empty it, or use a format that has it.',
    })),
  ];
  const set = (key: string, text: string) => {
    const at = draft.ownSections.findIndex((section) => section.key === key);
    const others = draft.ownSections.filter((section) => section.key !== key);
    const place = at < 0 ? others.length : at;
    const written = text === '' ? [] : [{ key, text }];
    onChange({ ...draft, ownSections: [...others.slice(0, place), ...written, ...others.slice(place)] });
  };
  return rows.map(({ key, label, hint }) => (
    <div key={key} data-item={key}>
      <TextArea
        label={label}
        hint={hint}
        rows={3}
        value={ownText(draft, key)}
        error={troubleOf(draft, troubles, key)}
        onChange={(event) => set(key, event.target.value)}
      />
    </div>
  ));
}

function troubleOf(draft: Props['draft'], troubles: EditorProps['troubles'], key: string): string | undefined {
  const at = draft.ownSections.findIndex((section) => section.key === key);
  return troubles.find((trouble) => at >= 0 && trouble.path.startsWith(`ownSections.${String(at)}`))?.words;
}
