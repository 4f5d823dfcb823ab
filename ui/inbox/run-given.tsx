import type { RunDetail } from '../../api/contract/index.js';
import { AddPictures } from '../pictures/add-pictures.js';
import { useLatePictures } from '../pictures/use-late-pictures.js';
import { useDropped } from '../shared/dropped.js';
import { useMay } from '../shared/queries.js';
import { bytes } from '../shared/words.js';

/** What was given to a run, and, while it is under way, a place to give a screenshot more. */
export function RunGiven({ run }: { run: RunDetail }) {
  // Failed to be drafted, or failed to be delivered: only the first takes more.
  const approved = run.publications.some((one) => one.state === 'failed');
  const underWay = ['received', 'kept-human', 'drafting', 'in-review', 'failed'].includes(run.state) && !approved;
  const may = useMay('operator') && underWay;
  return (
    <>
      <h3>Given</h3>
      <table className="tbl sm">
        <tbody>
          {run.sources.map((source) => (
            <tr key={source.id}>
              <td>{source.erasedAt ? <span className="faint">erased</span> : source.name}</td>
              <td className="faint">{source.kind}</td>
              <td className="num faint">{bytes(source.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {may ? <AddHere run={run.id} /> : null}
    </>
  );
}

function AddHere({ run }: { run: string }) {
  const pictures = useLatePictures(run);
  const over = useDropped({ onFiles: pictures.give });
  return <AddPictures pictures={pictures} over={over} next="In the review it can be placed at a step." />;
}
