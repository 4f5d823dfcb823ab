import { visitorLogRecording, visitorLogScreenshot } from './visitor-log-media.js';

/** A run's sources as a person would give them, made up for a first look at the product. */
export type Sample = {
  title: string;
  transcriptName: string;
  /** WebVTT. */
  transcript: string;
  screenshots: readonly { name: string; mediaType: 'image/png'; base64: string }[];
  /** For the run-through. */
  recordingName: string;
  recordingMediaType: 'video/webm';
  recordingBase64: string;
};

const transcript = `WEBVTT

NOTE A made-up walk-through

1
00:00:01.000 --> 00:00:07.400
<v Noor Haddad>Hi, in this one I'm going to show you how we log a visitor, so that reception

2
00:00:07.400 --> 00:00:10.200
<v Noor Haddad>always knows who is in the building.

3
00:00:11.600 --> 00:00:19.100
<v Noor Haddad>So you type the visitor's name, their company and the time into the top row of the Visitor log in Google Sheets.

4
00:00:20.300 --> 00:00:24.000
<v Noor Haddad>You should see the new row at the top in bold.

5
00:00:25.200 --> 00:00:35.600
<v Noor Haddad>If the visitor has no badge, give them a yellow day badge, write its number in the last column, and take the badge back when they leave.

6
00:00:37.000 --> 00:00:39.000
<v Noor Haddad>That's all, thanks for watching.
`;

/**
 * The sample of the first-run checklist. The drafter without a model makes one step and one finished
 * exception of it, and no decision point: one tick and one approval publish it.
 */
export const visitorLogSample: Sample = {
  title: 'Log a visitor',
  transcriptName: 'log-a-visitor.vtt',
  transcript,
  screenshots: [{ name: 'visitor-log.png', mediaType: 'image/png', base64: visitorLogScreenshot }],
  recordingName: 'log-a-visitor-run-through.webm',
  recordingMediaType: 'video/webm',
  recordingBase64: visitorLogRecording,
};
