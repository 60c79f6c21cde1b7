// Every command of the ledger, put together over one store. What to wake after a commit is passed in.
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import type { Notify } from './answer.ts';
import { changeBookSettings } from './book-settings.ts';
import { createBookTurns } from './book-turns.ts';
import { copyBudget, setBudget } from './budget.ts';
import { recodeAccount, renameAccount, retypeAccount } from './change-account.ts';
import { classifyAccount } from './classify-account.ts';
import { closeAccount } from './close-account.ts';
import { closeYear } from './close-year.ts';
import { createBook } from './create-book.ts';
import { defineUnit } from './define-unit.ts';
import { designateAccount } from './designate-account.ts';
import {
  addDimensionValue,
  changeDimensionValue,
  defineDimension,
  requireDimensions,
} from './dimensions.ts';
import { addGroupMember, changeGroupMember, removeGroupMember } from './group-members.ts';
import { lockThrough, reopenDates, sealThrough } from './lock-through.ts';
import { addMember, changeRole, removeMember } from './members.ts';
import { openAccount } from './open-account.ts';
import { changePassword, issueApiKey, revokeApiKey } from './own-access.ts';
import { addParty, changeParty } from './parties.ts';
import { postJournalEntry } from './post-journal-entry.ts';
import { recordRates } from './record-rates.ts';
import { revalueCurrencies } from './revalue-currencies.ts';
import { reverseEntry } from './reverse-entry.ts';
import { asEntry, type EntryCommand, type EntryUseCase, runEntries } from './run-entries.ts';
import { forUser, type OwnUseCase } from './run-for-user.ts';
import { inBook, type UseCase } from './run-in-book.ts';
import { setStatementLayout } from './set-statement-layout.ts';
import { abandonImport, confirmImport } from './settle-import.ts';
import { startImport } from './start-import.ts';
import { tagAccount } from './tag-account.ts';
import { changeTaxCode, defineTaxCode, setTaxRate } from './tax-codes.ts';

export type { Actor, Answer, CommandCall, Notify } from './answer.ts';

export const createCommands = (store: LedgerStore, notify: Notify) => {
  const turns = createBookTurns((id, group: readonly EntryCommand[]) =>
    runEntries(store, id, group),
  );
  const book = <Input, Result>(useCase: UseCase<Input, Result>) =>
    inBook(store, notify, turns, useCase);
  const entry = <Input>(useCase: EntryUseCase<Input>) => asEntry(store, notify, turns, useCase);
  const own = <Input, Result>(useCase: OwnUseCase<Input, Result>) =>
    forUser(store, notify, useCase);
  return {
    createBook: own(createBook),
    changeBookSettings: book(changeBookSettings),
    openAccount: book(openAccount),
    renameAccount: book(renameAccount),
    recodeAccount: book(recodeAccount),
    retypeAccount: book(retypeAccount),
    closeAccount: book(closeAccount),
    defineUnit: book(defineUnit),
    recordRates: book(recordRates),
    addParty: book(addParty),
    changeParty: book(changeParty),
    designateAccount: book(designateAccount),
    classifyAccount: book(classifyAccount),
    tagAccount: book(tagAccount),
    defineDimension: book(defineDimension),
    addDimensionValue: book(addDimensionValue),
    changeDimensionValue: book(changeDimensionValue),
    requireDimensions: book(requireDimensions),
    defineTaxCode: book(defineTaxCode),
    changeTaxCode: book(changeTaxCode),
    setTaxRate: book(setTaxRate),
    setBudget: book(setBudget),
    copyBudget: book(copyBudget),
    setStatementLayout: book(setStatementLayout),
    closeYear: book(closeYear),
    revalueCurrencies: book(revalueCurrencies),
    postJournalEntry: entry(postJournalEntry),
    reverseEntry: entry(reverseEntry),
    lockThrough: book(lockThrough),
    reopenDates: book(reopenDates),
    sealThrough: book(sealThrough),
    addMember: book(addMember),
    changeRole: book(changeRole),
    removeMember: book(removeMember),
    addGroupMember: book(addGroupMember),
    changeGroupMember: book(changeGroupMember),
    removeGroupMember: book(removeGroupMember),
    changePassword: own(changePassword),
    issueApiKey: own(issueApiKey),
    revokeApiKey: own(revokeApiKey),
    startImport: startImport(store, notify),
    confirmImport: book(confirmImport),
    abandonImport: book(abandonImport),
  };
};

export type LedgerCommands = ReturnType<typeof createCommands>;
