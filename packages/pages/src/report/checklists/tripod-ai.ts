import type { Checklist } from './checklist.js';

/** TRIPOD+AI: 27 items, some of several parts, for studies of prediction models. */
export const tripodAi: Checklist = {
  id: 'tripod-ai',
  name: 'TRIPOD+AI',
  source: { text: 'Collins et al., BMJ 2024', doi: '10.1136/bmj-2023-078378' },
  groups: [
    {
      name: 'Title and abstract',
      items: [
        {
          item: '1',
          asks: 'Title: that models are developed or evaluated, for whom, for what outcome',
          facts: ['method'],
          author: 'Write the title.',
        },
        {
          item: '2',
          asks: 'Abstract after TRIPOD+AI for abstracts',
          facts: ['summary'],
          author: 'Write the abstract.',
        },
      ],
    },
    {
      name: 'Introduction',
      items: [
        { item: '3a', asks: 'Medical context, and models that exist', author: 'Background and earlier models.' },
        {
          item: '3b',
          asks: 'Whom the model is for, where in care, who uses it',
          author: 'Target population and users.',
        },
        { item: '3c', asks: 'Known inequalities in health between groups', author: 'What is known for this disease.' },
        { item: '4', asks: 'Objectives: development, evaluation or both', facts: ['objective', 'goal'] },
      ],
    },
    {
      name: 'Methods: data and participants',
      items: [
        {
          item: '5a',
          asks: 'Sources of data, why these, how representative',
          facts: ['data'],
          author: 'Why these data, and whom they represent.',
        },
        { item: '5b', asks: 'Dates of the data', author: 'First and last date of collection.' },
        { item: '6a', asks: 'Setting, number and place of centres', author: 'Hospital, care setting.' },
        { item: '6b', asks: 'Who was eligible', facts: ['exclusions'], author: 'Criteria of the data set.' },
        { item: '6c', asks: 'Treatments, where they matter', author: 'Whether patients had been treated.' },
        { item: '7', asks: 'Preparation and quality checks of the data', facts: ['preprocessing', 'quality'] },
      ],
    },
    {
      name: 'Methods: outcome and predictors',
      items: [
        {
          item: '8a',
          asks: 'The outcome, and how it was assessed',
          facts: ['labels'],
          author: 'How and when the diagnosis was made.',
        },
        { item: '8b', asks: 'Who judged it, where that takes judgement', author: 'Readers and their experience.' },
        {
          item: '8c',
          asks: 'Whether judges were blind to the predictors',
          author: 'Labels made from the same X-ray are not blind to it.',
        },
        { item: '9a', asks: 'How predictors were chosen', facts: ['preprocessing'] },
        {
          item: '9b',
          asks: 'Each predictor and how it was measured',
          facts: ['preprocessing'],
          author: 'How the X-rays were taken.',
        },
        {
          item: '9c',
          asks: 'Who assessed predictors that take judgement',
          notApplicable: 'The only predictor is the pixels.',
        },
      ],
    },
    {
      name: 'Methods: size, missing data, analysis',
      items: [
        { item: '10', asks: 'How the sample size was arrived at', facts: ['sampleSize'], author: 'Why this size.' },
        { item: '11', asks: 'Missing data', facts: ['missing'] },
        {
          item: '12a',
          asks: 'How data were divided for development and evaluation',
          facts: ['assignment', 'disjoint'],
        },
        { item: '12b', asks: 'How predictors were transformed', facts: ['preprocessing'] },
        {
          item: '12c',
          asks: 'Type of model, building, tuning, internal validation',
          facts: ['model', 'training', 'selection'],
        },
        {
          item: '12d',
          asks: 'Differences between clusters such as hospitals',
          author: 'One data set; say whether it has several sites.',
        },
        {
          item: '12e',
          asks: 'Measures and plots of performance, comparison of models',
          facts: ['metrics', 'statistics', 'calibration', 'utility'],
        },
        {
          item: '12f',
          asks: 'Updating of the model after evaluation',
          notApplicable: 'No model is updated; the temperature in the report is shown, not applied.',
        },
        { item: '12g', asks: 'How predictions are worked out', facts: ['prediction'] },
        { item: '13', asks: 'What was done about classes of unequal size', facts: ['balance'] },
        {
          item: '14',
          asks: 'How fairness was looked at',
          facts: ['subgroups'],
          author: 'Groups by sex, age and origin, where known.',
        },
        { item: '15', asks: 'What the model gives, and the threshold', facts: ['output'] },
        { item: '16', asks: 'How development and evaluation data differ', facts: ['assignment'] },
        { item: '17', asks: 'Ethical approval', author: 'Committee and number, or why none is needed.' },
      ],
    },
    {
      name: 'Open science and involvement',
      items: [
        { item: '18a', asks: 'Funding', author: 'Funding and the role of funders.' },
        { item: '18b', asks: 'Conflicts of interest', author: 'Of all authors.' },
        { item: '18c', asks: 'Protocol', facts: ['protocol'] },
        { item: '18d', asks: 'Registration', author: 'Registry and number, or that there is none.' },
        { item: '18e', asks: 'Availability of data', facts: ['models'], author: 'Where the X-rays can be had.' },
        { item: '18f', asks: 'Availability of code', facts: ['code'] },
        {
          item: '19',
          asks: 'Involvement of patients and the public',
          author: 'What there was, or that there was none.',
        },
      ],
    },
    {
      name: 'Results',
      items: [
        { item: '20a', asks: 'Flow of participants, with and without the outcome', facts: ['counts', 'flow'] },
        {
          item: '20b',
          asks: 'Who they are, over all and by setting',
          facts: ['counts', 'characteristics'],
          author: 'Age, sex and other characteristics.',
          unless: 'ageAndSex',
        },
        { item: '20c', asks: 'Development and evaluation data side by side', facts: ['counts', 'characteristics'] },
        { item: '21', asks: 'Participants and events in each analysis', facts: ['counts'] },
        { item: '22', asks: 'The full model, so that others can predict with it', facts: ['model', 'prediction'] },
        { item: '23a', asks: 'Performance with intervals, also of subgroups', facts: ['performance', 'subgroups'] },
        { item: '23b', asks: 'Differences of performance between clusters', author: 'Where there are several sites.' },
        { item: '24', asks: 'Results of updating', notApplicable: 'No model is updated.' },
      ],
    },
    {
      name: 'Discussion',
      items: [
        {
          item: '25',
          asks: 'What the results mean, fairness included',
          facts: ['summary'],
          author: 'Interpretation beside earlier studies.',
        },
        { item: '26', asks: 'Limitations', facts: ['limitations'], author: 'Those of your data.' },
        {
          item: '27a',
          asks: 'What to do with poor or missing input in use',
          notApplicable: 'No model of this study is meant for use.',
        },
        { item: '27b', asks: 'What users must do and know', notApplicable: 'No model of this study is meant for use.' },
        { item: '27c', asks: 'What research should follow', author: 'Next steps.' },
      ],
    },
  ],
};
