// What no page uses is left out of the style sheet: rules and custom properties of the design system, mostly.
// A class, attribute or element is in use when its name stands anywhere in the apps' sources.
export default {
  content: ["{ui,citizen,professional}/src/**/*.rs", "web/*.{html,js}"],
  variables: true,
  // States of what is there: `&:hover` inside a rule has no name of its own to look for.
  safelist: { standard: [/^:/] },
};
