// A thread that runs tabulated systems. It plans them itself, from their ids: a plan is the same wherever it is made.

import { createReproducer, type ReproduceAnswer, type ReproduceTask, tabulatedSystem } from '../design/index.ts';
import { serveTasks } from './serve-tasks.ts';

const reproduce = createReproducer(tabulatedSystem);
serveTasks<ReproduceTask, ReproduceAnswer>((task, { stop }) => reproduce(task, stop));
