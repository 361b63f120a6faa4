import type { ReaderEvent, ReaderHappening, ReadingEvent } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { Readings } from '@chromaray/store';
import { smallestWindow } from '../deviations/display.js';
import type { ListItem, ReaderList } from '../order/reader-list.js';
import type { Pictures } from '../pictures/prepare.js';
import { type ReaderProgress, readerProgress } from '../progress/progress.js';
import { isDisplayChecked, seatOf } from '../progress/seat.js';
import type { Answered, FormerAnswer, PageState } from './messages.js';
import type { OpenedReaders } from './open-readers.js';

/** What a reader answers, besides the picture. */
export type GivenAnswer = Pick<ReadingEvent, 'rating' | 'call' | 'location' | 'milliseconds' | 'view' | 'screen'>;
type DisplayAnswer = Omit<Extract<ReaderHappening, { kind: 'display' }>, 'kind' | 'seat'>;

/**
 * Who reads what now, for all readers. It remembers nothing: every answer is worked out from what is stored, so that a
 * server that is killed and started again goes on as if nothing had been.
 */
export class ReadingRoom {
  /** @param now milliseconds by the server's clock */
  constructor(
    private readonly study: OpenedReaders,
    private readonly pictures: Pictures,
    private readonly readings: Readings,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * A window takes a reader's list. Each time that a page is loaded it is another window, so that a copied tab is one too.
   *
   * @param former the window that this one was before it was loaded again
   * @throws ChromarayError `CHROMARAY_READERS_SEAT` where another window has it and is not to be taken over from
   */
  takeSeat(reader: string, seat: string, former: string | null, takeOver: boolean): PageState {
    const own = this.readings.of(reader);
    const held = seatOf(own, reader);
    const isOther = held !== undefined && held !== seat && held !== former;
    if (isOther && !takeOver) throw taken();
    if (held !== seat) {
      const known = own.some((event) => event.kind === 'seat' && event.seat === former);
      const continues = known && !isOther ? former : null;
      this.add(`seat ${reader} ${seat}`, reader, { kind: 'seat', seat, tookOver: isOther, continues });
    }
    return this.state(reader, seat);
  }

  leave(reader: string, seat: string): void {
    if (seatOf(this.readings.of(reader), reader) !== seat) return;
    this.add(`left ${reader} ${seat}`, reader, { kind: 'left', seat });
  }

  checkDisplay(id: string, reader: string, seat: string, check: DisplayAnswer): PageState {
    this.requireSeat(reader, seat);
    this.add(id, reader, { kind: 'display', seat, ...check });
    return this.state(reader, seat);
  }

  shown(id: string, reader: string, seat: string, picture: string): void {
    if (this.isKept(id)) return;
    this.requireSeat(reader, seat);
    this.requireTurn(reader, seat, picture);
    this.add(id, reader, { kind: 'shown', item: picture });
  }

  pause(id: string, reader: string, seat: string, kind: 'pause' | 'resume', picture: string | null): void {
    if (this.isKept(id)) return;
    this.requireSeat(reader, seat);
    this.add(id, reader, { kind, item: picture });
  }

  /**
   * Stores an answer. The same answer sent twice, after a lost connection, is stored once.
   *
   * @throws ChromarayError `CHROMARAY_READERS_SEAT`, `CHROMARAY_READERS_TURN`, `CHROMARAY_READERS_EVENT`
   */
  answer(id: string, reader: string, seat: string, picture: string, given: GivenAnswer): Answered {
    const kept = this.readings.find(id);
    if (kept === undefined) this.requireSeat(reader, seat);
    const corrects =
      kept === undefined ? this.requireTurn(reader, seat, picture) : kept.kind === 'reading' && kept.corrects;
    const item = this.list(reader).byId.get(picture);
    if (item === undefined) throw notNow();
    this.requireCall(given);
    this.add(id, reader, {
      kind: 'reading',
      item: item.id,
      case: item.case.name,
      arm: item.armName,
      training: item.training,
      session: item.session,
      position: item.position,
      corrects,
      ...given,
    });
    return { state: this.state(reader, seat), present: item.training ? item.case.truth === 1 : null };
  }

  /** Where the reader is. Pictures that cannot be shown are passed over, and that is stored. */
  state(reader: string, seat: string): PageState {
    this.requireSeat(reader, seat);
    const progress = this.progress(reader);
    const events = this.readings.of(reader);
    const isOver = progress.phase === 'waiting' || progress.phase === 'finished';
    const phase = isOver || isDisplayChecked(events, seat, this.now()) ? progress.phase : 'display';
    const isShown = phase === 'training' || phase === 'reading';
    const { scale } = this.study.plan;
    return {
      phase,
      session: progress.session,
      sessions: progress.sessions,
      done: progress.done,
      total: progress.total,
      picture: isShown ? (progress.item?.id ?? null) : null,
      next: isShown ? (progress.next?.id ?? null) : null,
      previous: isShown ? this.former(reader, progress.previous) : null,
      secondLook: isShown ? this.secondLook(reader, progress.item) : null,
      opens: progress.opens,
      scale: { finding: scale.finding, anchors: scale.anchors, call: scale.call },
      smallestWindow,
    };
  }

  /**
   * The frame of a picture that the reader may see now: the one to be read, the one after it, the last one where the
   * protocol allows.
   *
   * @throws ChromarayError `CHROMARAY_READERS_TURN`
   */
  picture(reader: string, seat: string, picture: string): Uint8Array {
    this.requireSeat(reader, seat);
    const { picture: current, next, previous } = this.state(reader, seat);
    const item = this.list(reader).byId.get(picture);
    if (item === undefined || ![current, next, previous?.picture].includes(picture)) throw notNow();
    const frame = this.pictures.frame(item.case.name, item.arm);
    // A picture that is not there is passed over when it is its turn.
    return frame ?? new Uint8Array(this.pictures.frameLength);
  }

  private progress(reader: string): ReaderProgress {
    for (;;) {
      const list = this.list(reader);
      const progress = readerProgress(list, this.readings.of(reader), this.study.plan, this.now());
      const { item } = progress;
      const why = item === null ? undefined : this.pictures.unreadable.find((one) => one.case === item.case.name)?.why;
      if (item === null || why === undefined) return progress;
      this.add(`skipped ${item.id}`, reader, {
        kind: 'skipped',
        ...{ item: item.id, case: item.case.name, arm: item.armName, session: item.session, why },
      });
    }
  }

  private former(reader: string, item: ListItem | null): FormerAnswer | null {
    if (item === null) return null;
    const last = this.readings.of(reader).findLast((event) => event.kind === 'reading' && event.item === item.id);
    return last?.kind === 'reading' ? { picture: item.id, rating: last.rating, call: last.call } : null;
  }

  /** In a sequential study: the answer to the same case in the control, which may be kept or changed. */
  private secondLook(reader: string, item: ListItem | null): FormerAnswer | null {
    if (this.study.plan.design.kind !== 'sequential' || item === null || item.arm === 0) return null;
    const { training, sessions } = this.list(reader);
    const items = item.training ? training : sessions[item.session - 1]!;
    return this.former(reader, items.find((one) => one.position === item.position - 1) ?? null);
  }

  /** @returns true where the picture was answered before and may be answered again */
  private requireTurn(reader: string, seat: string, picture: string): boolean {
    const { picture: current, previous } = this.state(reader, seat);
    if (picture === current) return false;
    if (picture === previous?.picture) return true;
    throw notNow();
  }

  private requireCall({ call }: GivenAnswer): void {
    if ((call !== null) === this.study.plan.scale.call) return;
    throw codedError('CHROMARAY_READERS_TURN', {
      message: this.study.plan.scale.call ? 'The answer lacks a yes or no.' : 'A yes or no is not asked for.',
      remedy: 'Reload the page and answer again.',
    });
  }

  private requireSeat(reader: string, seat: string): void {
    if (seatOf(this.readings.of(reader), reader) !== seat) throw taken();
  }

  private isKept(id: string): boolean {
    return this.readings.find(id) !== undefined;
  }

  private list(reader: string): ReaderList {
    return this.study.lists.get(reader)!;
  }

  private add(id: string, reader: string, happening: ReaderHappening): ReaderEvent {
    return this.readings.add({ id, at: new Date(this.now()).toISOString(), reader, happening });
  }
}

function taken() {
  return codedError('CHROMARAY_READERS_SEAT', { message: 'This list is read in another window.' });
}

function notNow() {
  return codedError('CHROMARAY_READERS_TURN', {
    message: 'This picture is not the one to be read now.',
    remedy: 'Reload the page: it shows what is to be read now.',
  });
}
