import { TemporaryFolder } from '@chromaray/testing/dataset';
import { smallRadiograph } from '@chromaray/testing/dicom';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeDataset } from '../describe.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => folder.remove());

const csvFault = (message: RegExp) =>
  expect.objectContaining({ code: 'CHROMARAY_DATASET_CSV', message: expect.stringMatching(message) });
const here = (preset: 'nih-chestxray14' | 'rsna' | 'chexpert', options = {}) =>
  describeDataset({ path: folder.path, preset, saltFile: `${folder.path}/salt`, ...options });

describe('the preset nih-chestxray14', () => {
  const header =
    'Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],';
  const rows = [
    '00000001_000.png,Cardiomegaly|Pneumonia,0,1,058Y,M,PA,2682,2749,0.143,0.143,',
    '00000001_001.png,No Finding,1,1,058Y,M,AP,2682,2749,0.143,0.143,',
    '00000002_000.png,Effusion,0,2,414,F,PA,2682,2749,0.143,0.143,',
    '00000003_000.png,No Finding,0,3,3,F,PA,2682,2749,0.143,0.143,',
  ];

  beforeEach(async () => {
    folder.write('Data_Entry_2017.csv', [header, ...rows].join('\n'));
    await folder.picture('images_001/images/00000001_000.png', 1);
    await folder.picture('images_001/images/00000001_001.png', 2);
    await folder.picture('images_002/images/00000002_000.png', 3);
    await folder.picture('images_012/images/00000003_000.png', 4);
    folder.write('test_list.txt', '00000003_000.png\n');
    folder.write('train_val_list.txt', '00000001_000.png\n00000001_001.png\n00000002_000.png\n');
  });

  it('finds label, patient, view, sex, age band, file and part', async () => {
    const dataset = await here('nih-chestxray14');
    expect(dataset).toMatchObject({ layout: 'csv', positive: 'PNEUMONIA', negative: 'NO FINDING + OTHER FINDING' });
    expect(dataset.patientRule).toMatchObject({ name: 'column' });
    expect(dataset.records).toMatchObject([
      {
        id: 'images_001/images/00000001_000.png',
        label: 'PNEUMONIA',
        patient: '1',
        givenPart: 'train',
        viewPosition: 'PA',
        sex: 'male',
        ageBand: '40-59',
      },
      { label: 'NO FINDING', patient: '1', viewPosition: 'AP' },
      { label: 'OTHER FINDING', patient: '2', sex: 'female' },
      { id: 'images_012/images/00000003_000.png', givenPart: 'test', ageBand: '1-4' },
    ]);
    expect(dataset.records[2]).not.toHaveProperty('ageBand');
  });

  it('leaves out classes and views, and lists them', async () => {
    const dataset = await here('nih-chestxray14', { leaveOut: ['OTHER FINDING'], views: ['PA'] });
    expect(dataset).toMatchObject({ negative: 'NO FINDING', records: [{}, {}] });
    expect(dataset.leftOut).toEqual([
      { id: 'images_001/images/00000001_001.png', reason: 'the view is AP' },
      { id: 'images_002/images/00000002_000.png', reason: 'the class is OTHER FINDING' },
    ]);
    await expect(here('nih-chestxray14', { leaveOut: ['OTHER FINDINGS'] })).rejects.toMatchObject({
      code: 'CHROMARAY_DATASET_LEAVE_OUT',
      remedy: expect.stringContaining('OTHER FINDING'),
    });
  });

  it('lists pictures that were not downloaded as missing', async () => {
    folder.write('Data_Entry_2017.csv', [header, ...rows, '00000009_000.png,Mass,0,9,50,M,PA,1,1,1,1,'].join('\n'));
    const dataset = await here('nih-chestxray14', { unreadableShare: 0.5 });
    expect(dataset.unreadable).toMatchObject([{ id: 'images/00000009_000.png', code: 'CHROMARAY_IMAGE_MISSING' }]);
  });

  it('says which column or row is not as published', async () => {
    folder.write('Data_Entry_2017.csv', 'Image Index,Labels\na.png,x\n');
    await expect(here('nih-chestxray14')).rejects.toEqual(csvFault(/no column "Finding Labels"/));
    folder.write('Data_Entry_2017.csv', [header, rows[0], rows[0]].join('\n'));
    await expect(here('nih-chestxray14')).rejects.toEqual(csvFault(/line 2 and in line 3/));
    await expect(here('rsna')).rejects.toEqual(csvFault(/none of stage_2_train_labels.csv/));
  });
});

describe('the preset rsna', () => {
  beforeEach(() => {
    folder.write(
      'stage_2_train_labels.csv',
      'patientId,x,y,width,height,Target\naaa,,,,,0\nbbb,1,2,3,4,1\nbbb,5,6,7,8,1\nccc,,,,,0\n',
    );
    for (const [seed, id] of ['aaa', 'bbb', 'ccc'].entries()) {
      folder.write(
        `stage_2_train_images/${id}.dcm`,
        smallRadiograph({ patient: id, seed, view: 'AP', sex: 'F', age: '051Y' }),
      );
    }
  });

  it('takes one record a picture, and never its id for a patient', async () => {
    const dataset = await here('rsna', { positive: 'PNEUMONIA' });
    expect(dataset.records.map(({ id, label, patient }) => [id, label, patient])).toEqual([
      ['stage_2_train_images/aaa.dcm', 'NO PNEUMONIA', null],
      ['stage_2_train_images/bbb.dcm', 'PNEUMONIA', null],
      ['stage_2_train_images/ccc.dcm', 'NO PNEUMONIA', null],
    ]);
    expect(dataset.patientRule).toBeNull();
    expect(dataset.records[0]).toMatchObject({ viewPosition: 'AP', sex: 'female', ageBand: '40-59' });
  });

  it('takes the detailed classes and the mapping to patients where they lie beside it', async () => {
    folder.write(
      'stage_2_detailed_class_info.csv',
      'patientId,class\naaa,Normal\nbbb,Lung Opacity\nccc,No Lung Opacity / Not Normal\n',
    );
    folder.write(
      'pneumonia-challenge-dataset-mappings_2018.json',
      JSON.stringify([
        { subset_img_id: 'aaa', img_id: '00000007_000.png' },
        { subset_img_id: 'bbb', img_id: '00000007_001.png' },
        { subset_img_id: 'ccc', img_id: '00000008_000.png' },
      ]),
    );
    const dataset = await here('rsna');
    expect(dataset.records.map(({ label, patient }) => [label, patient])).toEqual([
      ['NO FINDING', '00000007'],
      ['PNEUMONIA', '00000007'],
      ['OTHER FINDING', '00000008'],
    ]);
  });

  it('refuses two Targets for one picture', async () => {
    folder.write('stage_2_train_labels.csv', 'patientId,Target\naaa,0\naaa,1\n');
    await expect(here('rsna')).rejects.toEqual(csvFault(/both Targets for aaa/));
  });
});

describe('the preset chexpert', () => {
  const header = 'Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Pneumonia';
  const row = (path: string, rest: string) => `CheXpert-v1.0-small/${path},${rest}`;

  beforeEach(async () => {
    folder.write(
      'train.csv',
      [
        header,
        row('train/patient00001/study1/view1_frontal.png', 'Female,68,Frontal,AP,1.0,'),
        row('train/patient00002/study1/view1_frontal.png', 'Male,87,Frontal,PA,,1.0'),
        row('train/patient00002/study1/view2_lateral.png', 'Male,87,Lateral,,,-1.0'),
        row('train/patient00003/study1/view1_frontal.png', 'Unknown,0,Frontal,AP,,0.0'),
      ].join('\n'),
    );
    folder.write(
      'valid.csv',
      [header, row('valid/patient64541/study1/view1_frontal.png', 'Male,73,Frontal,AP,0.0,0.0')].join('\n'),
    );
    const files = [
      '00001/study1/view1_frontal',
      '00002/study1/view1_frontal',
      '00002/study1/view2_lateral',
      '00003/study1/view1_frontal',
    ];
    for (const [i, name] of files.entries()) await folder.picture(`train/patient${name}.png`, i);
    await folder.picture('valid/patient64541/study1/view1_frontal.png', 9);
  });

  it('reads parts, patients from the path, views, and leaves uncertain labels out', async () => {
    const dataset = await here('chexpert');
    expect(dataset.records).toMatchObject([
      { label: 'NO PNEUMONIA', patient: 'patient00001', givenPart: 'train', sex: 'female', ageBand: '60-79' },
      { label: 'PNEUMONIA', patient: 'patient00002', viewPosition: 'PA', ageBand: '80 and over' },
      { label: 'NO PNEUMONIA', patient: 'patient00003', ageBand: 'under 1' },
      { label: 'NO PNEUMONIA', patient: 'patient64541', givenPart: 'validation' },
    ]);
    expect(dataset.records[2]).not.toHaveProperty('sex');
    expect(dataset.leftOut).toEqual([
      {
        id: 'train/patient00002/study1/view2_lateral.png',
        reason: 'whether it shows pneumonia is uncertain',
      },
    ]);
  });

  it.each([
    ['positive', 'PNEUMONIA'],
    ['negative', 'NO PNEUMONIA'],
  ])('counts uncertain labels as %s when told', async (uncertain, label) => {
    const dataset = await here('chexpert', { uncertain });
    expect(dataset.records[2]).toMatchObject({ label, viewPosition: 'LATERAL' });
  });

  it('refuses labels and paths that are none', async () => {
    folder.write('valid.csv', [header, row('valid/patient1/s/a.png', 'Male,7,Frontal,AP,,2')].join('\n'));
    await expect(here('chexpert')).rejects.toEqual(csvFault(/the Pneumonia "2" in line 2/));
    folder.write('valid.csv', [header, 'a.png,Male,7,Frontal,AP,,1'].join('\n'));
    await expect(here('chexpert')).rejects.toEqual(csvFault(/without a patient in line 2/));
  });
});
