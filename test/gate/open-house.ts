import { freshDatabase, freshFolder, temporalAddress } from '../support/harness.js';
import { furnish, type House } from './house.js';

/** Opens a house of one's own; nobody works in it until `startWorker`. */
export async function openHouse(): Promise<House> {
  const database = await freshDatabase();
  const places = { address: temporalAddress(), apiUrl: database.apiUrl, workerUrl: database.workerUrl };
  const house = await furnish({ ...places, ownerUrl: database.ownerUrl, data: freshFolder('gate') });
  return {
    ...house,
    close: async () => {
      await house.close();
      await database.drop();
    },
  };
}
