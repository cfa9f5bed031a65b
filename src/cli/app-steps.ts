import { regionOf } from '../platforms/base-url.ts';

/** How an app is made in Clio, click by click; the words are those of Clio's pages. */
export function appSteps(baseUrl: string, redirectUri: string): string {
  const region = regionOf(baseUrl);
  if (region === null) {
    return `${baseUrl} is no host of Clio's own. For the embedded Clio, \`clio-fields sandbox\` prints app key and secret.`;
  }
  const portal = `https://${region === 'us' ? '' : `${region}.`}developers.clio.com`;
  return `To sign in, the firm needs an app of its own in Clio. It is made once, in a
minute or two (on any paid plan but EasyStart):

  1. Open ${baseUrl}/settings/developer_applications
     (or the developer portal, ${portal}),
     sign in, and click Add.
  2. Name: clio-fields. Website URL: your firm's.
  3. Redirect URIs: enter this, to the letter:
       ${redirectUri}
  4. App permissions: tick
       Matters         read and write
       Contacts        read and write (read, if no contact is to be changed)
       Custom fields   read (and write, if options of picklists are to be added)
       Users           read (tells who you are, and which firm this is)
       Documents       read and write, only to put reports into a matter
  5. Accept the terms, save, and copy App Key and App Secret from the app's page.
`;
}
