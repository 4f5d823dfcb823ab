import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Paths cited in the Markdown of the repository that do not exist. A path is `code` or a link that begins with a folder or file of the top level. */
export function brokenDocPaths(root) {
  const top = new Set(readdirSync(root));
  const docs = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(
      (file) =>
        file && !/^(test\/fixtures|activities\/drafters\/prompts)\//.test(file) && existsSync(path.join(root, file)),
    );
  return docs.flatMap((file) =>
    citedPaths(readFileSync(path.join(root, file), 'utf8'), top)
      .filter((cited) => !existsSync(path.join(root, cited)) && !existsSync(path.join(root, path.dirname(file), cited)))
      .map((cited) => ({ file, cited })),
  );
}

/** What a Markdown text cites: patterns and names with a blank, a star or a placeholder are not paths. */
export function citedPaths(text, top) {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  const code = [...prose.matchAll(/`([^`\s]+)`/g)].map((match) => match[1]);
  const links = [...prose.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map((match) => match[1]);
  const looksLikePath = (cited) => /^[\w.@-]+(\/[\w.@-]+)+\/?$/.test(cited) && top.has(cited.split('/')[0]);
  return [...new Set([...code.filter(looksLikePath), ...links])].filter(
    (cited) => !/^(dist|node_modules|\.countersign)\//.test(cited),
  );
}
