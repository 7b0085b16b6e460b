import { chromium } from '@playwright/test';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-background-networking','--disable-component-update','--disable-sync'] });
async function run(name, file, lang, w, h, scheme, horizon, ask) {
  const c = await b.newContext({ viewport: { width: w, height: h }, locale: 'fr-FR', colorScheme: scheme });
  const p = await c.newPage(); p.on('console', m => m.type()==='error' && console.log('ERR', name, m.text())); p.on('pageerror', e=>console.log('PAGEERR', name, e.message));
  await p.goto('file:///work/main/dist/index.html');
  if (lang==='en') await p.getByText('EN',{exact:true}).first().click();
  await p.locator('input[type=file]').first().setInputFiles(file);
  await p.waitForTimeout(2500);
  await p.screenshot({ path: `/tmp/planner/${name}-0data.png`, fullPage: false });
  await p.locator('nav a').nth(2).click(); await p.waitForTimeout(800);
  await p.getByText(horizon==='plan'?(lang==='fr'?'Pour planifier':'For planning'):(lang==='fr'?'Au démarrage':'At the start'), {exact:true}).first().click().catch(()=>{});
  await p.waitForTimeout(300);
  await p.getByRole('button', { name: lang==='fr'?/^Entraîner/:/^Train/ }).first().click();
  for (let i=0;i<90;i++){ await p.waitForTimeout(1000); if (await p.getByText(lang==='fr'?/Modèle retenu|Ce qui ne va pas/:/Model kept|Chosen model|retained/i).count()) break; }
  await p.waitForTimeout(1500);
  await p.screenshot({ path: `/tmp/planner/${name}-1model.png`, fullPage: w<800 });
  await p.locator('nav a').nth(4).click(); await p.waitForTimeout(2500);
  if (ask) await ask(p);
  await p.waitForTimeout(2000);
  await p.screenshot({ path: `/tmp/planner/${name}-2scen.png`, fullPage: true });
  await p.locator('nav a').nth(3).click(); await p.waitForTimeout(2500);
  await p.screenshot({ path: `/tmp/planner/${name}-3eval.png`, fullPage: w<800 });
  await c.close();
}
const French='/work/shared/data/arrets_tranche_2011_2023_fr_cp1252.csv';
const askFrench = (date) => async (p) => {
  const unit = p.getByLabel('Tranche', { exact: true }).first();
  await unit.click(); await unit.fill('CATTENOM 2').catch(async()=>{await unit.selectOption('CATTENOM 2')}); await p.keyboard.press('Enter'); await p.waitForTimeout(500);
  const d = p.getByLabel('Date de début', { exact: true }).first();
  await d.fill(date); await p.keyboard.press('Tab');
};
const which=process.argv[2]??'all';
if(which==='all'||which==='a') await run('frplan', French, 'fr', 1440, 900, 'light', 'plan', askFrench('12/04/2027'));
if(which==='all'||which==='b') await run('frstart-en', French, 'en', 1024, 768, 'dark', 'start', askFrench('2027-04-12'));
if(which==='all'||which==='c') await run('trente', '/tmp/planner/trente.csv', 'fr', 1440, 900, 'light', 'plan', async (p)=>{ const s=p.getByLabel('Type',{exact:true}).first(); {await s.click(); await p.getByRole('option',{name:'VD'}).first().click();} const d=p.getByLabel('Date de début',{exact:true}).first(); await d.fill('12/04/2027'); await p.keyboard.press('Tab'); await p.waitForTimeout(500); const o=p.getByLabel(/objectif/i).first(); await o.fill('120').catch(()=>{}); });
if(which==='all'||which==='d') await run('trente720', '/tmp/planner/trente.csv', 'en', 720, 900, 'dark', 'start', null);
await b.close();
