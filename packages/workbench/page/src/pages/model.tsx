import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { useCallback, useEffect, useRef, useState } from 'react';
import { AskError, apiAddress, type Fault } from '../api/client.js';
import { Failure } from '../kit/failure.js';
import { goTo, useInAddress } from '../router.js';
import { DropFile } from '../viewing/drop-file.js';
import { useViewGroup } from '../viewing/view-group.js';
import { Answer } from './model/answer.js';
import { ChooseModel, type ChosenModel } from './model/choose-model.js';
import { fetchBytes } from './model/fetch-bytes.js';
import type { OpenedModel, Said } from './model/messages.js';
import { ModelHere } from './model/model-here.js';

interface Loading {
  readonly what: string;
  readonly done: number;
  readonly total: number | undefined;
}

/** Tries a saved model on a picture, which stays in the page. */
export default function TryModel() {
  const [study] = useInAddress('study');
  const [arm] = useInAddress('arm');
  const [seed] = useInAddress('seed');
  const here = useRef<ModelHere>(undefined);
  const runtime = useRef<ArrayBuffer>(undefined);
  const [model, setModel] = useState<OpenedModel>();
  const [named, setNamed] = useState('');
  const [loading, setLoading] = useState<Loading>();
  const [fault, setFault] = useState<Fault>();
  const [said, setSaid] = useState<{ readonly name: string; readonly said: Said }>();
  const [looking, setLooking] = useState('');
  const group = useViewGroup();

  useEffect(() => () => here.current?.close(), []);

  const open = useCallback(async (name: string, bytes: () => Promise<ArrayBuffer>, signal: AbortSignal) => {
    setModel(undefined);
    setSaid(undefined);
    setFault(undefined);
    try {
      const told = (what: string) => (done: number, total: number | undefined) => setLoading({ what, done, total });
      runtime.current ??= await fetchBytes(wasm, told('What runs models in this page'), signal);
      const file = await bytes();
      if (signal.aborted) return;
      setLoading({ what: 'The model is being opened', done: file.byteLength, total: file.byteLength });
      here.current ??= new ModelHere();
      const opened = await here.current.open(runtime.current, file, name);
      if (signal.aborted) return;
      setModel(opened);
      setNamed(name);
    } catch (error) {
      if (error instanceof AskError) setFault(error.fault);
      else if (!signal.aborted) throw error;
    } finally {
      if (!signal.aborted) setLoading(undefined);
    }
  }, []);

  useEffect(() => {
    if (study === '' || arm === '' || seed === '') return;
    const controller = new AbortController();
    const { signal } = controller;
    const address = apiAddress(`/studies/${encodeURIComponent(study)}/model`, { arm, seed });
    const told = (done: number, total: number | undefined) => setLoading({ what: 'The model', done, total });
    void open(`${study}, arm ${arm}, seed ${seed}`, () => fetchBytes(address, told, signal), signal);
    return () => controller.abort();
  }, [study, arm, seed, open]);

  const choose = (chosen: ChosenModel): void => {
    const params = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== ''));
    goTo(`${location.pathname}${params.size === 0 ? '' : `?${params}`}`);
  };
  const dropModel = (file: File): void => {
    choose({ study: '', arm: '', seed: '' });
    void open(file.name, () => file.arrayBuffer(), new AbortController().signal);
  };
  const dropPicture = async (file: File): Promise<void> => {
    setFault(undefined);
    setSaid(undefined);
    setLooking(file.name);
    try {
      if (file.size > largest) throw new AskError(tooLarge);
      group.forgetWindow();
      const told = (done: number, total: number | undefined) =>
        setLoading({ what: 'What unpacks compressed DICOM files', done, total });
      const decoders = () => fetchBytes(apiAddress('/decoders/dicom'), told, new AbortController().signal);
      setSaid({ name: file.name, said: await here.current!.say(file, file.name, decoders) });
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      setFault(error.fault);
    } finally {
      setLoading(undefined);
      setLooking('');
    }
  };

  return (
    <>
      <h1>Try a model</h1>
      <p>
        A model that a study saved, on a picture of yours. The picture does not leave this page: the model runs here, in
        a part of the page that can connect to nothing.
      </p>
      <ChooseModel chosen={{ study, arm, seed }} onChange={choose} onFile={dropModel} />
      {loading && (
        <p role="status">
          <progress
            {...(loading.total !== undefined && { value: loading.done, max: loading.total })}
            aria-label={loading.what}
          />{' '}
          {loading.what}: {(loading.done / 2 ** 20).toFixed(1)} MiB
          {loading.total !== undefined && ` of ${(loading.total / 2 ** 20).toFixed(1)} MiB`}
        </p>
      )}
      {model && (
        <fieldset className="choice">
          <legend>The picture</legend>
          <p className="small">
            {named}: {model.preset}, {model.width} × {model.height} pixels, {model.classes.join(' or ')}. {model.notice}
          </p>
          <DropFile what="an X-ray (JPEG, PNG, PGM or DICOM)" onFile={(file) => void dropPicture(file)} />
        </fieldset>
      )}
      {looking !== '' && <p role="status">{looking} is being looked at …</p>}
      {fault && <Failure error={fault} />}
      {model && said && <Answer {...{ model, group }} said={said.said} name={said.name} />}
    </>
  );
}

/** Bytes of a picture that is read in the page, as `chromaray predict` would: 64 megapixels of 16-bit RGBA. */
const largest = 64_000_000 * 8 + 2 ** 20;

const tooLarge: Fault = {
  code: 'CHROMARAY_IMAGE_TOO_LARGE',
  message: 'The file has more bytes than the pixels permitted can fill.',
  remedy: 'If the file is what it should be, reduce it first; otherwise leave it out.',
};
