// A fresh mongod becomes the only member of its replica set: change streams and transactions need one.
import { MongoClient, MongoServerError } from 'mongodb';

const ALREADY_INITIALISED = 23;

/** Waits until the server takes writes. */
export async function initiateReplicaSet(url: string): Promise<void> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 10_000 });
  try {
    const admin = client.db('admin');
    const host = new URL(url).host;
    try {
      const members = [{ _id: 0, host }];
      await admin.command({ replSetInitiate: { _id: 'daybook', members } });
    } catch (fault) {
      if (!(fault instanceof MongoServerError) || fault.code !== ALREADY_INITIALISED) throw fault;
    }
    for (let tries = 0; tries < 200; tries++) {
      if ((await admin.command({ hello: 1 }))['isWritablePrimary'] === true) return;
      await new Promise((resume) => setTimeout(resume, 50));
    }
    throw new Error('mongod did not become primary within 10 seconds.');
  } finally {
    await client.close();
  }
}
