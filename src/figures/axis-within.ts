// What of the axes is public. In a file of its own, because a door that names its exports one by one is kept whole by the bundler, and
// with it every figure by whoever draws one.

export { type Axis, axisWithin, logAxisWithin } from './axis.ts';
