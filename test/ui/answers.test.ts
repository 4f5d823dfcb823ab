import type { ExtractSchema } from 'hono/types';
import { expectTypeOf, it } from 'vitest';
import type { AppType } from '../../api/app.js';
import type { Answers } from '../../ui/shared/answers.js';

type Served = ExtractSchema<AppType>;
type PathOf<Route> = Route extends `${string} ${infer Path}` ? Colons<Path> : never;
type Colons<Path extends string> = Path extends `${infer Before}{${infer Name}}${infer After}`
  ? `${Before}:${Name}${Colons<After>}`
  : Path;
type MethodOf<Route> = Route extends `${infer Method} ${string}` ? `$${Method}` : never;
type Output<Ends> = Ends extends { outputFormat: 'json'; output: infer Out; status: 200 | 201 | 202 } ? Out : never;

type Fits<Out, Read> = [Out] extends [never] ? false : 0 extends 1 & Out ? false : Out extends Read ? true : false;

/** Routes whose answer the pages read, but where the api's own type says something else. */
type Wrong = {
  [Route in keyof Answers]: PathOf<Route> extends keyof Served
    ? MethodOf<Route> extends keyof Served[PathOf<Route>]
      ? Fits<Output<Served[PathOf<Route>][MethodOf<Route>]>, Answers[Route]> extends true
        ? never
        : Route
      : Route
    : Route;
}[keyof Answers];

it('every answer the pages read is the one the api gives', () => {
  expectTypeOf<Wrong>().toEqualTypeOf<never>();
});
