import type { Checklist } from './checklist.js';

const noMasks = 'Nothing is segmented: networks are given whole pictures.';
const noFeatures = 'No features are crafted by hand: networks learn from pixels.';
const noTable = 'There are no tabular features.';

/** METRICS: 30 items on the quality of method in radiomics and deep learning studies. */
export const metrics: Checklist = {
  id: 'metrics',
  name: 'METRICS',
  source: { text: 'Kocak et al., Insights into Imaging 2024', doi: '10.1186/s13244-023-01572-w' },
  groups: [
    {
      name: 'Study design',
      items: [
        { item: '1', asks: 'A guideline or checklist was followed', facts: ['checklists'] },
        {
          item: '2',
          asks: 'Criteria that give a representative sample',
          facts: ['exclusions'],
          author: 'Criteria of the data set.',
        },
        {
          item: '3',
          asks: 'A good, defined reference standard',
          facts: ['labels'],
          author: 'How good the labels are.',
        },
      ],
    },
    {
      name: 'Imaging data',
      items: [
        {
          item: '4',
          asks: 'More than one centre',
          facts: ['sites'],
          author: 'How many centres the data set has.',
          unless: 'sites',
        },
        { item: '5', asks: 'Imaging as it is done in clinics', author: 'Whether the X-rays are routine ones.' },
        { item: '6', asks: 'Acquisition protocol', facts: ['device'], author: 'Scanners, views, exposure.' },
        { item: '7', asks: 'Time between picture and reference standard', author: 'From the source of the labels.' },
      ],
    },
    {
      name: 'Segmentation',
      items: [
        { item: '8', asks: 'How regions were drawn', notApplicable: noMasks },
        { item: '9', asks: 'How automatic segmentation was checked', notApplicable: noMasks },
        { item: '10', asks: 'Who drew the masks of the test part', notApplicable: noMasks },
      ],
    },
    {
      name: 'Image processing and feature extraction',
      items: [
        { item: '11', asks: 'Sound and described preprocessing', facts: ['preprocessing'] },
        { item: '12', asks: 'Standardised software for features', notApplicable: noFeatures },
        { item: '13', asks: 'Parameters of feature extraction', notApplicable: noFeatures },
      ],
    },
    {
      name: 'Feature processing',
      items: [
        { item: '14', asks: 'Unstable features removed', notApplicable: noTable },
        { item: '15', asks: 'Redundant features removed', notApplicable: noTable },
        { item: '16', asks: 'No more features than the data can bear', notApplicable: noTable },
        { item: '17', asks: 'Robustness of an end-to-end network', facts: ['robustness', 'shortcuts'] },
      ],
    },
    {
      name: 'Preparation for modelling',
      items: [
        { item: '18', asks: 'Parts without leakage', facts: ['assignment', 'disjoint', 'leakage'] },
        {
          item: '19',
          asks: 'Confounders looked for and dealt with',
          facts: ['shortcuts'],
          author: 'Confounders of your data.',
        },
      ],
    },
    {
      name: 'Metrics and comparison',
      items: [
        { item: '20', asks: 'Measures that fit the task', facts: ['metrics'] },
        { item: '21', asks: 'Uncertainty', facts: ['statistics'] },
        { item: '22', asks: 'Calibration', facts: ['calibration'] },
        { item: '23', asks: 'One kind of image, or why more are needed', facts: ['method'] },
        {
          item: '24',
          asks: 'Compared with other than imaging means, or added value shown',
          author: 'Clinical data or readers, where there are any.',
        },
        { item: '25', asks: 'Compared with simple models', facts: ['baselines'] },
      ],
    },
    {
      name: 'Testing',
      items: [
        { item: '26', asks: 'Tested on data of the same source', facts: ['internal'] },
        {
          item: '27',
          asks: 'Tested on data of another source',
          facts: ['external'],
          author: 'Data of another hospital: `chromaray study evaluate`.',
        },
      ],
    },
    {
      name: 'Open science',
      items: [
        { item: '28', asks: 'Availability of data', author: 'Where the X-rays can be had.' },
        { item: '29', asks: 'Availability of code', facts: ['code'] },
        { item: '30', asks: 'Availability of models', facts: ['models'], author: 'Where you deposit them.' },
      ],
    },
  ],
};
