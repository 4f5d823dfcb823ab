/** The Wilson interval at 95 % of `k` out of `n`; the whole range where there is nothing to count. */
export function wilson95(k: number, n: number): { low: number; high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const z = 1.959964;
  const share = k / n;
  const denominator = 1 + (z * z) / n;
  const middle = (share + (z * z) / (2 * n)) / denominator;
  const half = (z / denominator) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
