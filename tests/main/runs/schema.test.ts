import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate } from '../../../src-main/runs/schema.ts'

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

it('takes all steps or none', () => {
  const database = new Database(':memory:')
  expect(() => migrate(database, 'memory', ['CREATE TABLE a (x)', 'nonsense'])).toThrow(/syntax error/)
  expect(version(database)).toBe(0)
  expect(database.prepare('SELECT name FROM sqlite_schema').all()).toEqual([])
})
