// A thread that analyses files.

import { type AnalyseAnswer, type AnalyseTask, runAnalyseTask } from './analyse-task.ts';
import { serveTasks } from './serve-tasks.ts';

serveTasks<AnalyseTask, AnalyseAnswer>((task, { stop, report }) => runAnalyseTask(task, { stop, onProgress: report }));
