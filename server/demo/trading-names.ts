// Who the demo trading company deals with and what it sells. Every name is made up.

export interface Customer {
  readonly name: string;
  /** Size of an order against the average, in percent. */
  readonly size: number;
  /** Days from invoice to money, as this customer really pays. */
  readonly pays: number;
  readonly export: boolean;
}

export interface Product {
  readonly name: string;
  /** Trade price without VAT, in cents, in the first year. */
  readonly price: number;
  /** Cost in basis points of the price. */
  readonly cost: number;
}

const SHOPS =
  'Ballyrowan Hardware; Kilmorne Home & Garden; Dunavale Cookshop; The Larch Pantry; Carrigmeen Stores; Inishlara Gift Company; Mrs Tobin’s Kitchen; Rathcullen Interiors; The Blue Ladle; Knockarden Country Store; Fennelly & Daughters; Tully Bridge Homewares; Glenashee Hotel Supplies; The Copper Wren; Lisnabawn Co-operative; Oysterbank Restaurant; Portavarna Trading Post; The Slow Spoon; Castlemoyle Department Store; Drumfinch Bakery School; Hearth & Hollow; Aughrimore Caterers; Clonbracken Stores; The Thistle Table; Mullaghdun Hardware; Three Geese Café; Saltmarsh Kitchens; Ardnagreeve House; Whinny Hill Farm Shop; Kilbrannagh Cookery School; Bellwether Gifts; The Marlfield Inn; Ravenscar Hospitality; Tinnahask Mills; Old Forge Homestore; Corrigan’s Cash & Carry; Slievemara Hotel; The Pewter Jug; Derrybeg Outfitters; Foxcote & Lane; Brackenridge Contract Catering; Nettle & Rye; The Weir House; Cloonfad Supplies; Swallowfield Home; Poulnasherry Stores; Garryvoe Gift House; The Green Dresser; Kinnitty Lane Interiors; Harbour Row Kitchens; Dovecote Living; Monavea Household; The Tin Larder; Rossnagad Stores; Pebble & Pine; Ballinure Homecare; The Quince Tree; Mount Alder Hotel; Loughanure Catering; Spindleberry & Co';
const ABROAD =
  'Smørstad Kjøkken AS; Łąkowa Ceramika sp. z o.o.; Οικία Ελιάς ΕΠΕ; Keittiötalo Härmä Oy; Cuisine du Vallon SARL; Køkkenhuset Ærøby ApS; Haus am Lindenhof GmbH; Casa Azulejo Lda';

/** Customers with their habits; habits follow from the place in the list, so nobody has to keep them. */
export function customers(): Customer[] {
  const of = (names: string, abroad: boolean): Customer[] =>
    names.split('; ').map((name, index) => ({
      name,
      size: [45, 70, 85, 100, 130, 60, 210, 110, 75, 155][(index * 7) % 10] ?? 100,
      pays: [24, 31, 38, 29, 45, 33, 61, 27, 41, 35][(index * 3) % 10] ?? 30,
      export: abroad,
    }));
  return [...of(SHOPS, false), ...of(ABROAD, true)];
}

const RANGES: readonly (readonly [stock: string, suppliers: string, products: string])[] = [
  [
    '1',
    'Ferrière Castings; Oakhammer Steelware; Panelli Pentole',
    'Enamel casserole 24 cm 4150 5900; Cast-iron skillet 28 cm 3320 6000; Steel stockpot 10 l 5480 6150; Copper saucepan 16 cm 6890 5700; Roasting tin, large 1890 5800; Non-stick frying pan 26 cm 2240 6200; Steamer insert 1275 5600',
  ],
  [
    '2',
    'Vila Branca Ceramics; Haldon Stoneware; Glasværket Nordlys',
    'Stoneware dinner plate 780 5500; Side plate, sea green 520 5500; Pasta bowl 865 5450; Espresso cup and saucer 640 5200; Water jug 1.2 l 1830 5600; Tumbler, set of six 1490 5850; Serving platter, oval 2360 5500',
  ],
  [
    '3',
    'Klingenhof Messer; Sakuragawa Blades; Whittle & Burr',
    'Chef’s knife 20 cm 4720 5600; Paring knife 1150 5300; Bread knife 24 cm 2980 5500; Sharpening steel 2130 5400; Beech chopping board 2475 5800; Balloon whisk 690 5000; Ladle, brushed steel 845 5200',
  ],
  [
    '4',
    'Tecelagem do Rio; Linnet Weavers; Ashgrove Textiles',
    'Linen tea towel 495 5000; Striped apron 1290 5200; Oven glove, double 935 5100; Table runner 180 cm 1840 5400; Napkins, set of four 1365 5300; Tablecloth 220 cm 3190 5500',
  ],
  [
    '5',
    'Boréal Électro; Mistral Small Electrics; Tomsen Appliances',
    'Stand mixer 5 l 19900 6700; Hand blender 4480 6600; Electric kettle 1.7 l 3390 6500; Toaster, two slices 3640 6500; Coffee grinder 5290 6600; Waffle iron 3870 6400',
  ],
];

/** A range of goods: last digit of its stock, sales and cost accounts, who makes it, what is in it. */
export interface Range {
  readonly digit: string;
  readonly suppliers: readonly string[];
  readonly products: readonly Product[];
}

export const ranges = (): Range[] =>
  RANGES.map(([digit, suppliers, products]) => ({
    digit,
    suppliers: suppliers.split('; '),
    products: products.split('; ').map((text) => {
      const words = text.split(' ');
      const [price, cost] = words.slice(-2).map((word) => +word);
      return {
        name: words.slice(0, -2).join(' '),
        price: price ?? 0,
        cost: cost ?? 0,
      };
    }),
  }));
