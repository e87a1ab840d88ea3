// What a case is judged by: a number of one pair, whether more or less of it is better, and how it is written.
const times = number => `${number.toFixed(2)}x`;

export const metrics = {
  faster: { of: (ours, theirs) => theirs.seconds / ours.seconds, more: true, show: times },
  slower: { of: (ours, theirs) => ours.seconds / theirs.seconds, more: false, show: times },
  // Starting a process, and the tools that measure it, is no work of what is started: the same with `true` in its place is taken off.
  milliseconds: { of: (ours, theirs) => (ours.seconds - theirs.seconds) * 1000, more: false, show: number => `${number.toFixed(0)} ms` },
  seconds: { of: ours => ours.seconds, more: false, show: number => `${number.toFixed(2)} s` },
  rate: { of: (ours, _, one) => one.bytes / 1e9 / ours.seconds, more: true, show: number => `${number.toFixed(2)} GB/s` },
  peak: { of: ours => ours.megabytes, more: false, show: number => `${number.toFixed(0)} MB` },
  budget: { of: (ours, _, one) => ours.megabytes / one.budget, more: false, show: number => `${number.toFixed(2)}x of the budget` },
};

/** `aim`, `must` or `missed`, for a median; a case that has no `must` is `short of the aim` where it is not reached. */
export function reached({ metric, must, aim }, number) {
  const enough = goal => goal !== undefined && (metrics[metric].more ? number >= goal : number <= goal);
  if (enough(aim)) return 'aim';
  if (must === undefined) return 'short of the aim';
  return enough(must) ? 'must' : 'missed';
}
