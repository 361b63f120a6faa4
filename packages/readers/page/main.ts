import type { FormerAnswer, PageState } from '../src/server/messages.js';
import { checkDisplay } from './display-check.js';
import { button, element, showScreen } from './dom.js';
import { Frames } from './frame.js';
import { feedback, lastScreen, messageScreen, waitingScreen } from './messages-shown.js';
import { ReadingScreen } from './reading-screen.js';
import { screenFacts } from './screen-facts.js';
import {
  leave,
  Refusal,
  randomName,
  readState,
  sendAnswer,
  sendDisplay,
  sendPause,
  sendShown,
  takeSeat,
  Unreachable,
} from './server.js';

const frames = new Frames();
let reading: ReadingScreen | undefined;
let isSeated = false;

/** Seconds after which the server is asked again by itself. */
const retrySeconds = 5;

void start(false);
document.addEventListener('keydown', ({ key, ctrlKey, altKey, metaKey }) => {
  if (key.toLowerCase() === 'f' && !ctrlKey && !altKey && !metaKey) void document.documentElement.requestFullscreen?.();
});
// A page that is kept in memory for "back" keeps its place too.
addEventListener('pagehide', (event) => {
  if (isSeated && !event.persisted) leave();
});

async function start(takeOver: boolean): Promise<void> {
  await attempt(async () => {
    const state = await takeSeat(takeOver);
    isSeated = true;
    await show(state);
  });
}

/** Shows what is to be done now. */
async function show(state: PageState): Promise<void> {
  switch (state.phase) {
    case 'display':
      reading = undefined;
      checkDisplay(state.smallestWindow, (outcome) => {
        const body = { id: randomName(), ...outcome, screen: screenFacts() };
        void attempt(async () => show(await sendDisplay(body)));
      });
      break;
    case 'waiting':
      reading = undefined;
      waitingScreen(state, () => void attempt(async () => show(await readState())));
      break;
    case 'finished':
      reading = undefined;
      lastScreen();
      break;
    default:
      await read(state, null);
  }
}

async function read(state: PageState, again: FormerAnswer | null): Promise<void> {
  const picture = again?.picture ?? state.picture!;
  reading ??= new ReadingScreen(state, {
    answer: (body) => void store(body),
    paused: (name, paused) => void attempt(() => sendPause(name, paused)),
    again: (former) => void attempt(async () => read(await readState(), former)),
  });
  reading.busy(true);
  frames.keep([picture, state.next, state.previous?.picture]);
  const shown = await frames.load(picture);
  const id = reading.begin(state, shown, again);
  await sendShown(id, picture);
  if (state.next !== null) frames.load(state.next).catch(() => {});
}

/** Stores an answer; nothing goes on before the server has it. */
async function store(body: object): Promise<void> {
  await attempt(async () => {
    const { state, present } = await sendAnswer(body);
    if (present !== null) await feedback(present, state.scale.finding);
    await show(state);
  });
}

/**
 * Does something that needs the server. Where it does not succeed, the page says so and does the same again: by itself
 * when the connection is lost, on request when the server could not store it.
 */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      notice(undefined);
      return;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'CHROMARAY_READERS_SEAT') return otherWindow();
      if (error instanceof Refusal && error.code === 'CHROMARAY_READERS_TURN') {
        await again(() => readState().then(show));
        return;
      }
      await troubled(error);
    }
  }
}

async function again(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    notice(undefined);
  } catch (error) {
    await troubled(error);
    await attempt(work);
  }
}

/** Says what is wrong, and ends when it is to be tried again. */
function troubled(error: unknown): Promise<void> {
  const isLost = error instanceof Unreachable;
  return new Promise((resolve) => {
    const retry = button(isLost ? 'Try now' : 'Store again', () => done(), 'first');
    const timer = isLost ? setTimeout(() => done(), retrySeconds * 1000) : undefined;
    const done = (): void => {
      clearTimeout(timer);
      retry.disabled = true;
      resolve();
    };
    const text = isLost
      ? 'The server cannot be reached. Nothing is lost: your answer stays here and is sent again every few seconds.'
      : `${(error as Error).message} ${error instanceof Refusal ? error.remedy : ''}`;
    notice(element('p', { text }), retry);
  });
}

function notice(...content: readonly (Node | undefined)[]): void {
  const place = document.getElementById('notice')!;
  const shown = content.filter((node) => node !== undefined);
  place.hidden = shown.length === 0;
  place.replaceChildren(...shown);
}

function otherWindow(): void {
  isSeated = false;
  reading = undefined;
  notice(undefined);
  const takeOver = button('Continue here', () => void start(true), 'first');
  showScreen(
    messageScreen(
      'This list is open in another window',
      'Only one window reads at a time. If you continue here, the other window stops; nothing that was stored is lost.',
      takeOver,
    ),
  );
}
