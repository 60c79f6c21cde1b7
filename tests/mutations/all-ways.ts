// All ways in which reports are broken on purpose.
import { WRONG_GROUPS } from './wrong-groups.ts';
import { WRONG_LISTS } from './wrong-lists.ts';
import { WRONG_STATEMENTS } from './wrong-statements.ts';
import { WRONG_VIEWS } from './wrong-views.ts';
import type { WrongWay } from './wrong-way.ts';

export const ALL_WAYS: readonly WrongWay[] = [
  ...WRONG_STATEMENTS,
  ...WRONG_LISTS,
  ...WRONG_GROUPS,
  ...WRONG_VIEWS,
];
