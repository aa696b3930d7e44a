import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { EpochTable } from '../../../src-main/runs/epochTable.ts'
import { migrate, migrations } from '../../../src-main/runs/schema.ts'

const version = (database: Database.Database) => database.pragma('user_version', { simple: true })

it('brings a database up from any version, one step at a time', () => {
  const steps = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y', 'INSERT INTO a VALUES (1, 2)']
  for (const from of [0, 1, 2]) {
    const database = new Database(':memory:')
    migrate(database, 'memory', steps.slice(0, from))
    migrate(database, 'memory', steps)
    migrate(database, 'memory', steps)
    expect(version(database)).toBe(3)
    expect(database.prepare('SELECT x, y FROM a').all()).toEqual([{ x: 1, y: 2 }])
  }
})

it('keeps the epochs of a program that did not count events', () => {
  const database = new Database(':memory:')
  migrate(database, 'memory', migrations.slice(0, 3))
  database.exec(`
    PRAGMA foreign_keys = OFF;
    INSERT INTO epochs VALUES ('old', 1, 0.5, 0.75, 0.25, 0.5, 100, 200, 3, '[0.25]', 0.125, 0, 1e-3);
  `)
  migrate(database, 'memory')
  expect(new EpochTable(database).read('old')).toEqual([
    {
      ...{ epoch: 1, trainLoss: 0.5, trainAccuracy: 0.75, testLoss: 0.25, testAccuracy: 0.5 },
      ...{ trainImagesPerSecond: 100, testImagesPerSecond: 200, seconds: 3, waiting: 0.125 },
      ...{ penalty: 0, learningRate: 1e-3, firingRates: [0.25], events: null },
    },
  ])
})

it('takes all steps or none', () => {
  const database = new Database(':memory:')
  expect(() => migrate(database, 'memory', ['CREATE TABLE a (x)', 'nonsense'])).toThrow(/syntax error/)
  expect(version(database)).toBe(0)
  expect(database.prepare('SELECT name FROM sqlite_schema').all()).toEqual([])
})
