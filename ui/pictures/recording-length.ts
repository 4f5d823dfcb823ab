/**
 * A browser writes a recording as it goes and so cannot put its length at its front: sent to the far end once, the player
 * finds it, and goes back. `then` is called once the length is known, at once where it already was.
 */
export function findLength(video: HTMLVideoElement, then?: () => void): void {
  if (video.duration !== Infinity) {
    then?.();
    return;
  }
  const back = () => {
    if (video.duration === Infinity) return;
    video.removeEventListener('durationchange', back);
    video.currentTime = 0;
    then?.();
  };
  video.addEventListener('durationchange', back);
  video.currentTime = Number.MAX_SAFE_INTEGER;
}
