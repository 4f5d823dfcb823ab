/** Why a browser gives no capture, and what it was about. */
export type CaptureDenied = { what: 'screen' | 'voice'; words: string };

/** Thrown where the person, the browser or the system gives no screen or no microphone. */
export class CaptureError extends Error {
  constructor(readonly denied: CaptureDenied) {
    super(denied.words);
    this.name = 'CaptureError';
  }
}

/** Why the screen cannot be recorded here, as a sentence; undefined where it can. */
export function whyNoCapture(): string | undefined {
  if (!window.isSecureContext)
    return 'The screen cannot be recorded here: browsers allow it over https only, and this address is plain http.';
  // Typed as always there; on phones and older browsers it is not.
  const devices = navigator.mediaDevices as Partial<MediaDevices> | undefined;
  if (devices?.getDisplayMedia === undefined)
    return window.matchMedia('(pointer: coarse)').matches
      ? 'The screen cannot be recorded here: browsers on phones and tablets do not offer it.'
      : 'The screen cannot be recorded here: this browser does not offer it.';
  if (typeof MediaRecorder === 'undefined' || recordingType() === undefined)
    return 'The screen cannot be recorded here: this browser makes no video file.';
  return undefined;
}

/** VP8 first: it costs the least while the person works, and every browser that has it plays it. */
const types = ['video/webm;codecs=vp8,opus', 'video/webm;codecs=vp9,opus', 'video/webm', 'video/mp4'];

/** The kind of file that this browser records. */
export function recordingType(): string | undefined {
  return types.find((type) => MediaRecorder.isTypeSupported(type));
}

const nameOf = (cause: unknown): string => (cause instanceof DOMException ? cause.name : '');

function screenWords(cause: unknown): string {
  if (nameOf(cause) === 'NotAllowedError')
    return cause instanceof Error && /system/i.test(cause.message)
      ? 'Nothing is recorded: this computer’s settings do not let the browser record the screen.'
      : 'Nothing is recorded: sharing the screen was refused. Start again to be asked again.';
  return 'Nothing is recorded: the system gave no picture of the screen. Start again, or attach a file.';
}

/** The screen that the person chose, with their voice only where they asked for it. */
export async function openScreen(voice: boolean): Promise<MediaStream> {
  const wanted: DisplayMediaStreamOptions & { surfaceSwitching: 'include' } = {
    video: { frameRate: { ideal: 10, max: 15 } },
    audio: false,
    surfaceSwitching: 'include',
  };
  const screen = await navigator.mediaDevices.getDisplayMedia(wanted).catch((cause: unknown) => {
    throw new CaptureError({ what: 'screen', words: screenWords(cause) });
  });
  if (!voice) return screen;
  try {
    const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (const track of microphone.getAudioTracks()) screen.addTrack(track);
    return screen;
  } catch {
    for (const track of screen.getTracks()) track.stop();
    const words = 'Nothing is recorded: the microphone was refused. Allow it, or record without your voice.';
    throw new CaptureError({ what: 'voice', words });
  }
}
