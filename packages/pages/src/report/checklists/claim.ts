import type { Checklist } from './checklist.js';

/** CLAIM, 2024 update: 44 items for artificial intelligence in medical imaging. */
export const claim: Checklist = {
  id: 'claim',
  name: 'CLAIM, 2024 update',
  source: { text: 'Tejani et al., Radiology: Artificial Intelligence 2024', doi: '10.1148/ryai.240300' },
  groups: [
    {
      name: 'Title and abstract',
      items: [
        {
          item: '1',
          asks: 'The title or abstract names the AI method',
          facts: ['method'],
          author: 'Say so in your title.',
        },
        { item: '2', asks: 'A structured abstract', facts: ['summary'], author: 'Write the abstract.' },
      ],
    },
    {
      name: 'Introduction',
      items: [
        {
          item: '3',
          asks: 'Background, and what the method is meant for',
          author: 'Clinical background, intended use.',
        },
        { item: '4', asks: 'Aims and hypotheses', facts: ['objective'] },
      ],
    },
    {
      name: 'Study design',
      items: [
        { item: '5', asks: 'Whether data were collected before or for the study', facts: ['retrospective'] },
        { item: '6', asks: 'What the study is to achieve', facts: ['goal'] },
      ],
    },
    {
      name: 'Data',
      items: [
        {
          item: '7',
          asks: 'Where the data come from',
          facts: ['data'],
          author: 'Institution, country, years, licence.',
        },
        {
          item: '8',
          asks: 'Who was included and who was not',
          facts: ['exclusions'],
          author: 'Criteria of the data set.',
        },
        { item: '9', asks: 'Every step before the network sees a picture', facts: ['preprocessing'] },
        { item: '10', asks: 'Whether only some of the data were used', facts: ['subsets'] },
        {
          item: '11',
          asks: 'How identities were removed',
          facts: ['deidentified'],
          author: 'What the provider of the data did.',
        },
        { item: '12', asks: 'What was done about missing data', facts: ['missing'] },
        { item: '13', asks: 'How the pictures were taken', facts: ['device'], author: 'Scanners, views, exposure.' },
      ],
    },
    {
      name: 'Reference standard',
      items: [
        {
          item: '14',
          asks: 'What the truth is and how it was found',
          facts: ['labels'],
          author: 'Who labelled, from what.',
        },
        { item: '15', asks: 'Why this reference standard', author: 'Reasons, and alternatives.' },
        { item: '16', asks: 'Who made the annotations', author: 'Number and experience of readers.' },
        {
          item: '17',
          asks: 'How the test part was annotated',
          facts: ['labels'],
          author: 'Whether test labels were made with more care.',
        },
        {
          item: '18',
          asks: 'How far annotators agree with each other and themselves',
          author: 'From the source of the labels.',
        },
      ],
    },
    {
      name: 'Partitions and test data',
      items: [
        { item: '19', asks: 'How data were divided', facts: ['assignment'] },
        { item: '20', asks: 'At what level the parts share nothing', facts: ['disjoint', 'leakage'] },
        { item: '21', asks: 'The intended sample size', facts: ['sampleSize'], author: 'How the size was decided on.' },
      ],
    },
    {
      name: 'Model',
      items: [
        { item: '22', asks: 'The model in full', facts: ['model'] },
        { item: '23', asks: 'Software with versions', facts: ['software'] },
        { item: '24', asks: 'How parameters were initialised', facts: ['initialisation'] },
      ],
    },
    {
      name: 'Training',
      items: [
        { item: '25', asks: 'How the networks were trained', facts: ['training', 'balance', 'hardware'] },
        { item: '26', asks: 'How the final model was chosen', facts: ['selection'] },
        { item: '27', asks: 'Whether models were combined', facts: ['ensembling'] },
      ],
    },
    {
      name: 'Evaluation',
      items: [
        { item: '28', asks: 'Measures of performance', facts: ['metrics'] },
        { item: '29', asks: 'Tests and uncertainty', facts: ['statistics'] },
        { item: '30', asks: 'Whether results hold when things are varied', facts: ['robustness', 'shortcuts'] },
        { item: '31', asks: 'Explanations of what the model looks at', facts: ['explanation'] },
        { item: '32', asks: 'Testing on data from the same source', facts: ['internal'] },
        {
          item: '33',
          asks: 'Testing on data from elsewhere',
          facts: ['external'],
          author: 'Data of another hospital: `chromaray study evaluate`.',
        },
        { item: '34', asks: 'Registration as a clinical trial', author: 'Registry and number, or that there is none.' },
      ],
    },
    {
      name: 'Results',
      items: [
        { item: '35', asks: 'How many patients and examinations were in and out', facts: ['counts', 'flow'] },
        {
          item: '36',
          asks: 'Who the cases of each part are',
          facts: ['counts', 'characteristics'],
          author: 'Age and sex by part.',
          unless: 'ageAndSex',
        },
        { item: '37', asks: 'Performance with its uncertainty', facts: ['performance'] },
        { item: '38', asks: 'Diagnostic accuracy with its precision', facts: ['performance', 'subgroups'] },
        {
          item: '39',
          asks: 'What was got wrong, and why',
          facts: ['failures'],
          author: 'Look at the pictures and say what you see.',
        },
      ],
    },
    {
      name: 'Discussion and other',
      items: [
        { item: '40', asks: 'Limitations', facts: ['limitations'], author: 'Those of your data.' },
        { item: '41', asks: 'What follows for practice', author: 'None without an external, prospective study.' },
        { item: '42', asks: 'Where the protocol and technical details can be found', facts: ['protocol'] },
        {
          item: '43',
          asks: 'Availability of software, models and data',
          facts: ['code', 'models'],
          author: 'Where you deposit them; licence of the data.',
        },
        { item: '44', asks: 'Funding and the role of funders', author: 'Funding.' },
      ],
    },
  ],
};
