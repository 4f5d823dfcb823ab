import { useRef, useState, type RefObject } from 'react';
import { momentAfter } from './frames.js';
import { findLength } from './recording-length.js';

export type Player = {
  video: RefObject<HTMLVideoElement | null>;
  state: 'opening' | 'ready' | 'trouble';
  /** In words, where it cannot be played. */
  trouble: string | undefined;
  at: number;
  length: number;
  playing: boolean;
  goTo: (seconds: number) => void;
  /** True where the key led somewhere. */
  step: (key: string) => boolean;
  playOrPause: () => void;
  /** For the element. */
  events: {
    onLoadedMetadata: () => void;
    onTimeUpdate: () => void;
    onSeeked: () => void;
    onPlay: () => void;
    onPause: () => void;
    onError: () => void;
  };
};

/** A recording that is played to find a moment in it. */
export function usePlayer(): Player {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<Player['state']>('opening');
  const [trouble, setTrouble] = useState<string>();
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [playing, setPlaying] = useState(false);

  const stop = (words: string) => {
    setTrouble(words);
    setState('trouble');
  };
  const goTo = (seconds: number) => {
    if (!video.current || state !== 'ready') return;
    video.current.pause();
    video.current.currentTime = seconds;
    setAt(seconds);
  };
  const follow = () => {
    if (video.current && state === 'ready') setAt(video.current.currentTime);
  };
  return {
    ...{ video, state, trouble, at, length, playing, goTo },
    step: (key) => {
      const to = momentAfter(key, video.current?.currentTime ?? 0, length);
      if (to !== undefined) goTo(to);
      return to !== undefined;
    },
    playOrPause: () => {
      const { current } = video;
      if (!current || state !== 'ready') return;
      if (!current.paused) current.pause();
      else void current.play().catch(() => setPlaying(false));
    },
    events: {
      onLoadedMetadata: () => {
        const { current } = video;
        if (!current) return;
        if (current.videoWidth === 0) {
          stop('This browser finds no picture in this recording.');
          return;
        }
        findLength(current, () => {
          setLength(current.duration);
          setState('ready');
        });
      },
      onTimeUpdate: follow,
      onSeeked: follow,
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(false),
      onError: () => stop('This browser cannot play this recording.'),
    },
  };
}
