import { useMemo } from 'react';
import { useAddress } from '../../router.js';
import { ChooseDataset } from './choose-dataset.js';
import { DatasetView } from './dataset-view.js';
import { orderOf } from './use-dataset.js';
import './data.css';

/** Data: what there is to open, or the data set that the address names. */
export default function Data() {
  const { search } = useAddress();
  // The order stays the same one while only filters change.
  const key = JSON.stringify(orderOf(search) ?? null);
  const order = useMemo(() => JSON.parse(key) as ReturnType<typeof orderOf> | null, [key]);
  return order == null ? <ChooseDataset /> : <DatasetView key={key} order={order} />;
}
