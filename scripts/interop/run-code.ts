import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CellRow } from '#data/cell.ts';
import { writeC } from '#interop/code/write-c.ts';
import { writeJavascript } from '#interop/code/write-javascript.ts';
import { writePython } from '#interop/code/write-python.ts';
import { writeSql } from '#interop/code/write-sql.ts';
import type { PortableModel } from '#interop/portable/portable-model.ts';

/** Runs a model exported as code on rows, by the tool the code is for; null where the machine has none. */
type Runner = (model: PortableModel, rows: readonly CellRow[], folder: string) => number[];

const MOST_BYTES = 2 ** 30;
const run = (command: string, args: readonly string[], input = '') =>
  execFileSync(command, args, { input, maxBuffer: MOST_BYTES, stdio: ['pipe', 'pipe', 'pipe'] }).toString(
    'utf8',
  );

const runners: Readonly<Record<string, { readonly needs: readonly string[]; readonly run: Runner }>> = {
  node: {
    needs: [process.execPath],
    run: (model, rows, folder) => {
      writeFileSync(join(folder, 'model.mjs'), writeJavascript(model, 'A model'));
      writeFileSync(join(folder, 'rows.json'), JSON.stringify(rows));
      const script = `import { predict } from './model.mjs'; import { readFileSync } from 'node:fs';
        console.log(JSON.stringify(JSON.parse(readFileSync('rows.json', 'utf8')).map(predict)));`;
      writeFileSync(join(folder, 'run.mjs'), script);
      const output = execFileSync(process.execPath, ['run.mjs'], { cwd: folder, maxBuffer: MOST_BYTES });
      return JSON.parse(output.toString('utf8')) as number[];
    },
  },
  python3: {
    needs: ['python3'],
    run: (model, rows, folder) => {
      writeFileSync(join(folder, 'model.py'), writePython(model, 'A model'));
      const script = `import sys, json; sys.path.insert(0, ${JSON.stringify(folder)}); import model
print(json.dumps([model.predict(row) for row in json.load(sys.stdin)]))`;
      return JSON.parse(run('python3', ['-c', script], JSON.stringify(rows))) as number[];
    },
  },
  gcc: {
    needs: ['gcc'],
    run: (model, rows, folder) => {
      const source = join(folder, 'model.c');
      writeFileSync(source, writeC(model, 'A model'));
      const binary = join(folder, 'model');
      run('gcc', [
        '-std=c99',
        '-Wall',
        '-Werror',
        '-O2',
        '-ffp-contract=off',
        '-DTRANCHE_MAIN',
        '-o',
        binary,
        source,
        '-lm',
      ]);
      const lines = rows.map((row) => row.map((cell) => cell ?? '').join('\t'));
      return run(binary, [], `${lines.join('\n')}\n`)
        .trim()
        .split('\n')
        .map(Number);
    },
  },
  sqlite3: {
    needs: ['sqlite3'],
    run: (model, rows) => {
      const columns = model.features.map(
        ({ name, labels }) => `"${name.replaceAll('"', '""')}" ${labels.length > 0 ? 'TEXT' : 'REAL'}`,
      );
      const cell = (value: CellRow[number]) => {
        if (value === null) return 'NULL';
        return typeof value === 'number'
          ? value.toExponential(17).replace('e+', 'e')
          : `'${value.replaceAll("'", "''")}'`;
      };
      const values = rows.map((row, i) => `(${[i, ...row.map(cell)].join(',')})`);
      const inserts: string[] = [];
      for (let from = 0; from < values.length; from += 500) {
        inserts.push(`INSERT INTO cases VALUES ${values.slice(from, from + 500).join(',')};`);
      }
      const query = writeSql(model, 'A model').replace(/;\s*$/u, ' ORDER BY id;');
      // Digits enough to tell doubles apart.
      const selected = query.replace('SELECT id, y AS prediction', `SELECT printf('%!.17g', y)`);
      const script = `CREATE TABLE cases (id INTEGER, ${columns.join(', ')});\n${inserts.join('\n')}\n${selected}`;
      return run('sqlite3', [':memory:'], script).trim().split('\n').map(Number);
    },
  },
};

export const codeTargets: readonly string[] = Object.keys(runners);

/** Whether the machine has what a target, or a tool by its name, takes. */
export function hasTool(target: string): boolean {
  return (runners[target]?.needs ?? [target]).every((tool) => {
    try {
      execFileSync(tool, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

/** What the exported code of a target says of the rows. Throws where it does not run. */
export function runCode(target: string, model: PortableModel, rows: readonly CellRow[]): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-code-'));
  try {
    return runners[target]?.run(model, rows, folder) ?? [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
