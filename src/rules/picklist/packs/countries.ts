import { caProvinces } from './ca-provinces.ts';
import { type Pack, readTable } from './pack.ts';
import { usStates } from './us-states.ts';

/**
 * Countries and territories of ISO 3166-1: the usual English name, then other names, a star for the first;
 * last the codes of two and three letters. Names that two countries share (Congo, Korea, America) are left out,
 * so are parts of a country (England) and states that are no more.
 */
const COUNTRIES = `
Afghanistan; Islamic Republic of *; AF AFG
Åland Islands; Aland; AX ALA
Albania; Republic of *; AL ALB
Algeria; People's Democratic Republic of *; DZ DZA
American Samoa; AS ASM
Andorra; Principality of *; AD AND
Angola; Republic of *; AO AGO
Anguilla; AI AIA
Antarctica; AQ ATA
Antigua and Barbuda; Antigua & Barbuda; AG ATG
Argentina; Argentine Republic; Argentine; AR ARG
Armenia; Republic of *; AM ARM
Aruba; AW ABW
Australia; Commonwealth of *; AU AUS
Austria; Republic of *; AT AUT
Azerbaijan; Republic of *; AZ AZE
Bahamas; Commonwealth of the *; BS BHS
Bahrain; Kingdom of *; BH BHR
Bangladesh; People's Republic of *; BD BGD
Barbados; BB BRB
Belarus; Republic of *; Byelorussia; BY BLR
Belgium; Kingdom of *; BE BEL
Belize; BZ BLZ
Benin; Republic of *; BJ BEN
Bermuda; BM BMU
Bhutan; Kingdom of *; BT BTN
Bolivia; Plurinational State of *; BO BOL
Bonaire, Sint Eustatius and Saba; Caribbean Netherlands; BQ BES
Bosnia and Herzegovina; Republic of *; Bosnia-Herzegovina; Bosnia Herzegovina; Bosnia; BA BIH
Botswana; Republic of *; BW BWA
Bouvet Island; BV BVT
Brazil; Federative Republic of *; Brasil; BR BRA
British Indian Ocean Territory; IO IOT
British Virgin Islands; Virgin Islands, British; BVI; VG VGB
Brunei; Brunei Darussalam; Negara Brunei Darussalam; BN BRN
Bulgaria; Republic of *; BG BGR
Burkina Faso; Burkina; BF BFA
Burundi; Republic of *; BI BDI
Cambodia; Kingdom of *; KH KHM
Cameroon; Republic of *; Cameroun; CM CMR
Canada; CA CAN
Cape Verde; Cabo Verde; Republic of Cabo Verde; Republic of *; CV CPV
Cayman Islands; Cayman; KY CYM
Central African Republic; CF CAF
Chad; Republic of *; TD TCD
Chile; Republic of *; CL CHL
China; People's Republic of *; PRC; PR China; Mainland China; CN CHN
Christmas Island; CX CXR
Cocos Islands; Cocos (Keeling) Islands; Keeling Islands; CC CCK
Colombia; Republic of *; CO COL
Comoros; Union of the *; Comoro Islands; KM COM
Cook Islands; CK COK
Costa Rica; Republic of *; CR CRI
Côte d'Ivoire; Republic of *; Ivory Coast; CI CIV
Croatia; Republic of *; HR HRV
Cuba; Republic of *; CU CUB
Curaçao; CW CUW
Cyprus; Republic of *; CY CYP
Czechia; Czech Republic; CZ CZE
Democratic Republic of the Congo; Democratic Republic of Congo; Congo (Democratic Republic of the); Congo (Democratic Republic); Congo-Kinshasa; Congo (Kinshasa); DR Congo; DRC; CD COD
Denmark; Kingdom of *; DK DNK
Djibouti; Republic of *; DJ DJI
Dominica; Commonwealth of *; DM DMA
Dominican Republic; DO DOM
Ecuador; Republic of *; EC ECU
Egypt; Arab Republic of *; EG EGY
El Salvador; Republic of *; SV SLV
Equatorial Guinea; Republic of *; GQ GNQ
Eritrea; State of *; ER ERI
Estonia; Republic of *; EE EST
Eswatini; Kingdom of *; Swaziland; Kingdom of Swaziland; SZ SWZ
Ethiopia; Federal Democratic Republic of *; ET ETH
Falkland Islands; Falkland Islands (Malvinas); Falklands; FK FLK
Faroe Islands; Faeroe Islands; FO FRO
Fiji; Republic of *; FJ FJI
Finland; Republic of *; FI FIN
France; French Republic; FR FRA
French Guiana; GF GUF
French Polynesia; PF PYF
French Southern Territories; TF ATF
Gabon; Gabonese Republic; GA GAB
Gambia; Republic of the *; GM GMB
Georgia; Republic of *; GE GEO
Germany; Federal Republic of *; Deutschland; DE DEU
Ghana; Republic of *; GH GHA
Gibraltar; GI GIB
Greece; Hellenic Republic; GR GRC
Greenland; GL GRL
Grenada; GD GRD
Guadeloupe; GP GLP
Guam; GU GUM
Guatemala; Republic of *; GT GTM
Guernsey; Bailiwick of *; GG GGY
Guinea; Republic of *; GN GIN
Guinea-Bissau; Republic of *; GW GNB
Guyana; Co-operative Republic of *; Republic of *; GY GUY
Haiti; Republic of *; HT HTI
Heard Island and McDonald Islands; HM HMD
Holy See; Vatican City; Vatican City State; Holy See (Vatican City State); Vatican; VA VAT
Honduras; Republic of *; HN HND
Hong Kong; Hong Kong SAR; Hong Kong Special Administrative Region; Hong Kong, China; Hong Kong SAR China; HK HKG
Hungary; Republic of *; HU HUN
Iceland; Republic of *; IS ISL
India; Republic of *; IN IND
Indonesia; Republic of *; ID IDN
Iran; Islamic Republic of *; IR IRN
Iraq; Republic of *; IQ IRQ
Ireland; Republic of *; Eire; Irish Republic; IE IRL
Isle of Man; IM IMN
Israel; State of *; IL ISR
Italy; Italian Republic; Italia; IT ITA
Jamaica; JM JAM
Japan; JP JPN
Jersey; Bailiwick of *; JE JEY
Jordan; Hashemite Kingdom of *; JO JOR
Kazakhstan; Republic of *; KZ KAZ
Kenya; Republic of *; KE KEN
Kiribati; Republic of *; KI KIR
Kosovo; Republic of *; XK XKX
Kuwait; State of *; KW KWT
Kyrgyzstan; Kyrgyz Republic; KG KGZ
Laos; Lao People's Democratic Republic; Lao PDR; LA LAO
Latvia; Republic of *; LV LVA
Lebanon; Lebanese Republic; LB LBN
Lesotho; Kingdom of *; LS LSO
Liberia; Republic of *; LR LBR
Libya; State of *; Libyan Arab Jamahiriya; LY LBY
Liechtenstein; Principality of *; LI LIE
Lithuania; Republic of *; LT LTU
Luxembourg; Grand Duchy of *; Luxemburg; LU LUX
Macao; Macau; Macao SAR; Macau SAR; Macao Special Administrative Region; MO MAC
Madagascar; Republic of *; MG MDG
Malawi; Republic of *; MW MWI
Malaysia; MY MYS
Maldives; Republic of *; MV MDV
Mali; Republic of *; ML MLI
Malta; Republic of *; MT MLT
Marshall Islands; Republic of the *; MH MHL
Martinique; MQ MTQ
Mauritania; Islamic Republic of *; MR MRT
Mauritius; Republic of *; MU MUS
Mayotte; YT MYT
Mexico; United Mexican States; México; MX MEX
Micronesia; Federated States of *; FM FSM
Moldova; Republic of *; MD MDA
Monaco; Principality of *; MC MCO
Mongolia; MN MNG
Montenegro; ME MNE
Montserrat; MS MSR
Morocco; Kingdom of *; MA MAR
Mozambique; Republic of *; MZ MOZ
Myanmar; Republic of the Union of *; Republic of *; Burma; Myanmar (Burma); Myanmar/Burma; Burma (Myanmar); MM MMR
Namibia; Republic of *; NA NAM
Nauru; Republic of *; NR NRU
Nepal; Federal Democratic Republic of *; NP NPL
Netherlands; Kingdom of the *; Holland; NL NLD
New Caledonia; NC NCL
New Zealand; NZ NZL
Nicaragua; Republic of *; NI NIC
Niger; Republic of *; NE NER
Nigeria; Federal Republic of *; Republic of *; NG NGA
Niue; NU NIU
Norfolk Island; NF NFK
North Korea; Democratic People's Republic of Korea; Korea (North); DPRK; Democratic People's Republic of Korea (North Korea); KP PRK
North Macedonia; Republic of *; Macedonia; Former Yugoslav Republic of Macedonia; FYROM; MK MKD
Northern Mariana Islands; Commonwealth of the *; MP MNP
Norway; Kingdom of *; NO NOR
Oman; Sultanate of *; OM OMN
Pakistan; Islamic Republic of *; PK PAK
Palau; Republic of *; PW PLW
Palestine; State of *; Palestinian Territory; Palestinian Territories; Palestinian Territory, Occupied; Occupied Palestinian Territory; PS PSE
Panama; Republic of *; PA PAN
Papua New Guinea; Independent State of *; PNG; PG PNG
Paraguay; Republic of *; PY PRY
Peru; Republic of *; PE PER
Philippines; Republic of the *; PH PHL
Pitcairn; Pitcairn Islands; PN PCN
Poland; Republic of *; PL POL
Portugal; Portuguese Republic; PT PRT
Puerto Rico; Commonwealth of *; PR PRI
Qatar; State of *; QA QAT
Republic of the Congo; Congo-Brazzaville; Congo (Brazzaville); Republic of Congo; Congo (Republic of the); CG COG
Réunion; Reunion Island; RE REU
Romania; Rumania; RO ROU
Russia; Russian Federation; RU RUS
Rwanda; Republic of *; Rwandese Republic; RW RWA
Saint Barthélemy; BL BLM
Saint Helena, Ascension and Tristan da Cunha; SH SHN
Saint Kitts and Nevis; Federation of *; St Kitts-Nevis; KN KNA
Saint Lucia; LC LCA
Saint Martin (French part); MF MAF
Saint Pierre and Miquelon; PM SPM
Saint Vincent and the Grenadines; VC VCT
Samoa; Independent State of *; Western Samoa; WS WSM
San Marino; Republic of *; SM SMR
São Tomé and Príncipe; Democratic Republic of *; ST STP
Saudi Arabia; Kingdom of *; KSA; SA SAU
Senegal; Republic of *; SN SEN
Serbia; Republic of *; RS SRB
Seychelles; Republic of *; SC SYC
Sierra Leone; Republic of *; SL SLE
Singapore; Republic of *; SG SGP
Sint Maarten; Sint Maarten (Dutch part); SX SXM
Slovakia; Slovak Republic; SK SVK
Slovenia; Republic of *; SI SVN
Solomon Islands; SB SLB
Somalia; Federal Republic of *; SO SOM
South Africa; Republic of *; RSA; ZA ZAF
South Georgia and the South Sandwich Islands; GS SGS
South Korea; Republic of Korea; Korea (South); ROK; KR KOR
South Sudan; Republic of *; SS SSD
Spain; Kingdom of *; España; ES ESP
Sri Lanka; Democratic Socialist Republic of *; Ceylon; LK LKA
Sudan; Republic of the *; SD SDN
Suriname; Republic of *; Surinam; SR SUR
Svalbard and Jan Mayen; SJ SJM
Sweden; Kingdom of *; SE SWE
Switzerland; Swiss Confederation; CH CHE
Syria; Syrian Arab Republic; SY SYR
Taiwan; Taiwan, Province of China; Taiwan (Province of China); Taiwan (Republic of China); TW TWN
Tajikistan; Republic of *; TJ TJK
Tanzania; United Republic of *; TZ TZA
Thailand; Kingdom of *; TH THA
Timor-Leste; Democratic Republic of *; East Timor; TL TLS
Togo; Togolese Republic; TG TGO
Tokelau; TK TKL
Tonga; Kingdom of *; TO TON
Trinidad and Tobago; Republic of *; TT TTO
Tunisia; Republic of *; TN TUN
Turkey; Türkiye; Republic of Türkiye; Republic of *; TR TUR
Turkmenistan; TM TKM
Turks and Caicos Islands; Turks and Caicos; TC TCA
Tuvalu; TV TUV
Uganda; Republic of *; UG UGA
Ukraine; UA UKR
United Arab Emirates; UAE; Emirates; AE ARE
United Kingdom; United Kingdom of Great Britain and Northern Ireland; UK; U K; Great Britain; GB GBR
United States; United States of America; US; USA; US of A; US USA
United States Minor Outlying Islands; UM UMI
Uruguay; Eastern Republic of *; UY URY
US Virgin Islands; Virgin Islands, US; Virgin Islands of the United States; USVI; VI VIR
Uzbekistan; Republic of *; UZ UZB
Vanuatu; Republic of *; VU VUT
Venezuela; Bolivarian Republic of *; VE VEN
Vietnam; Viet Nam; Socialist Republic of *; VN VNM
Wallis and Futuna; WF WLF
Western Sahara; EH ESH
Yemen; Republic of *; YE YEM
Zambia; Republic of *; ZM ZMB
Zimbabwe; Republic of *; ZW ZWE
`;

const CODES = new Map<string, string>();
const NAMES = COUNTRIES.trim()
  .split('\n')
  .map((line) => {
    const at = line.lastIndexOf(';');
    const [country = ''] = line.split(';');
    for (const code of line
      .slice(at + 1)
      .trim()
      .split(' '))
      CODES.set(code, country);
    return line.slice(0, at).replaceAll('*', country);
  })
  .join('\n');

const byName = readTable('countries', NAMES, { forms: [], onlyInCapitals: [], onlyOnRequest: [] });

export const countries: Pack = {
  title: byName.title,
  read(text, isAsked) {
    return byName.read(text, isAsked) ?? readCode(text.trim());
  },
};

/** An ISO code, in capitals, unless a state or province has it too: "CA" is California or Canada. */
function readCode(code: string): string | null {
  const isElsewhere = usStates.read(code, true) !== null || caProvinces.read(code, true) !== null;
  return isElsewhere ? null : (CODES.get(code) ?? null);
}
