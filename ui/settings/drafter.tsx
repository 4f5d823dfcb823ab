import { StateMark } from '../shared/state-mark.js';
import { useMe } from '../shared/queries.js';
import { Section } from './section.js';

/** What writes drafts. It is chosen where the server is started, since a model's key is a secret of the server. */
export function Drafter() {
  const { drafter } = useMe().features;
  const others = drafter.choices.filter((one) => one.name !== drafter.name).map((one) => one.label);
  return (
    <Section
      title="Drafter"
      about="What writes drafts. Whatever it writes lands in one draft and nowhere else."
      forAdmins={false}
    >
      <dl className="kvlist">
        <dt>In use</dt>
        <dd>
          <b>{drafter.label}</b> {drafter.usesModel ? <StateMark state="verified">Connected</StateMark> : null}
        </dd>
        {others.length > 0 ? (
          <>
            <dt>By name</dt>
            <dd>
              {others.map((label) => (
                <p key={label}>{label}</p>
              ))}
              <p className="dim">Chosen at the start, when asking for changes, or when drafting is in trouble.</p>
            </dd>
          </>
        ) : null}
        <dt>Drafts say so</dt>
        <dd>Every draft names the drafter that wrote it, on the review and on the timeline.</dd>
        <dt>When it is away</dt>
        <dd>
          {drafter.usesModel
            ? 'What was given is safe and drafting goes on when the model is back. Rules can draft meanwhile.'
            : 'Built-in rules need nothing from outside.'}
        </dd>
      </dl>
      <h3>{drafter.usesModel ? 'Changing it' : 'Connecting a model'}</h3>
      <p className="dim">
        Set <code>ANTHROPIC_API_KEY</code> (or <code>ANTHROPIC_API_KEY_FILE</code>) where the server is started, and
        start it again. For an OpenAI-compatible server set <code>OPENAI_API_KEY</code>, or <code>OPENAI_BASE_URL</code>
        where it asks for no key, and <code>OPENAI_MODEL</code>. Without any, built-in rules draft.{' '}
        <code>npm run countersign -- doctor</code> says which is in use and whether it answers.
      </p>
    </Section>
  );
}
