import { Link, useNavigate } from '@tanstack/react-router';
import type { SopReview } from '../../api/contract/index.js';
import { Button } from '../shared/button.js';
import { Icon } from '../shared/icons.js';
import { useKeys } from '../shared/keys.js';
import { Note } from '../shared/note.js';
import { openOverlay } from '../shared/overlay.js';
import { useMay, useMe } from '../shared/queries.js';
import { useUrlState } from '../shared/url-state.js';
import { Finish } from './finish.js';
import { Rail } from './rail.js';
import { ScreenStrip } from './screen-strip.js';
import { Stage } from './stage.js';
import { standings } from './standing.js';
import { Ticks } from './ticks.js';
import { useRunThrough } from './use-run-through.js';
import { useScreen, type Screen } from './use-screen.js';

/** One step on the page, three equal answers, the next step by itself. */
export function RunThroughRoom({ review }: { review: SopReview }) {
  const me = useMe();
  const may = useMay('operator');
  const navigate = useNavigate();
  const [{ step: asked }, move] = useUrlState();
  const ticking = useRunThrough(review, me.person.id);
  const screen = useScreen(review, ticking);
  const steps = standings(review, ticking.through);
  const firstOpen = steps.find((step) => !step.settled);
  const now =
    asked === 'finish' ? 'finish' : (steps.find((step) => step.id === asked)?.id ?? firstOpen?.id ?? 'finish');
  const at = steps.findIndex((step) => step.id === now);
  const current = steps[at];
  const go = (step: string) => {
    move({ step });
    document.getElementById('stage')?.focus({ preventScroll: true });
  };
  const by = (distance: number) => {
    const place = now === 'finish' ? steps.length : at;
    const to = place + distance;
    if (to < 0 || to > steps.length) return;
    go(steps[to]?.id ?? 'finish');
  };
  const next = () => {
    const later = steps.slice(at + 1).find((step) => !step.settled);
    const earlier = steps.slice(0, Math.max(at, 0)).find((step) => !step.settled);
    go(later?.id ?? earlier?.id ?? 'finish');
  };
  const group = 'The steps';
  useKeys([
    { keys: 'ArrowRight', label: 'next step', group, run: () => by(1) },
    { keys: 'ArrowLeft', label: 'step before', group, run: () => by(-1) },
    { keys: 'ArrowDown', label: 'next step', group, hidden: true, run: () => by(1) },
    { keys: 'ArrowUp', label: 'step before', group, hidden: true, run: () => by(-1) },
    { keys: 'Space', label: 'next step', group, run: (event) => (onButton(event) ? undefined : by(1)) },
    {
      keys: 'Escape',
      label: 'leave, keep what is done',
      group,
      run: () => void navigate({ to: '/reviews/$id', params: { id: review.id } }),
    },
  ]);
  const open = review.state === 'open';
  const [said, saidInRail] = recordingWords(screen, ticking.through?.recording !== undefined);
  return (
    <div className="run">
      <a className="skip" href="#stage">
        Skip to the step
      </a>
      <header className="bar">
        <Link className="crumb" to="/reviews/$id" params={{ id: review.id }} aria-label="Leave, keep what is done">
          <Icon name="back" />
          <span className="wide">Leave, keep what is done</span>
        </Link>
        <span className="pager wide">&nbsp;</span>
        <h1 className="cut">
          <span className="wide">Run-through: </span>
          {review.title}
        </h1>
        <span className="faint sm nw wide">version {review.draftVersion}</span>
        <span className="sp" />
        <span className="sm faint nw">{said}</span>
        <Button small tone="quiet" className="wide" hint="?" onClick={() => openOverlay('keys')}>
          Keys
        </Button>
      </header>
      <Rail steps={steps} now={now} through={ticking.through} recording={saidInRail} onGo={go} />
      <main className="stage" id="main">
        {open && may ? <ScreenStrip screen={screen} through={ticking.through} onAttach={() => go('finish')} /> : null}
        <div className="pane" id="stage" tabIndex={-1}>
          {open ? null : (
            <Note title="This review is closed.">A run-through counts only while the page waits for a decision.</Note>
          )}
          {may ? null : <Note icon="person" title="You can read this. Ticking needs the operator role." />}
          {now === 'finish' ? (
            <Finish review={review} steps={steps} ticking={ticking} screen={screen} onGo={go} />
          ) : current ? (
            <Stage review={review} standing={current} total={steps.length} />
          ) : null}
        </div>
        {current && now !== 'finish' && open && may ? (
          <Ticks key={current.id} step={current} ticking={ticking} onDone={next} />
        ) : null}
        <div className="stepper phone">
          <Button onClick={() => by(-1)} disabled={at === 0}>
            Before
          </Button>
          <span className="sm faint">
            {now === 'finish' ? 'Recording' : `${String(at + 1)} of ${String(steps.length)}`}
          </span>
          <Button onClick={() => by(1)} disabled={now === 'finish'}>
            Next
          </Button>
        </div>
      </main>
    </div>
  );
}

/** How the recording stands: in the bar, and shorter in the rail. */
function recordingWords(screen: Screen, attached: boolean): [bar: string, rail: string] {
  if (screen.phase === 'saving') return ['Saving the recording', 'being saved'];
  if (screen.now) return ['Recording', 'recording now'];
  if (attached) return ['Recording attached', 'attached'];
  return screen.kept ? ['Recording kept', 'kept, not ended'] : ['No recording yet', 'not attached yet'];
}

/** Space presses a button that has the focus; it does not move on then. */
function onButton(event: KeyboardEvent): boolean {
  const { target } = event;
  const button = target instanceof HTMLElement ? target.closest('button') : null;
  button?.click();
  return button !== null;
}
