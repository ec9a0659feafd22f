// The pages work without this: it filters the list of operations, marks the one in sight, and copies examples.
const search = document.querySelector('nav input');
const links = [...document.querySelectorAll('nav li a')];

search?.addEventListener('input', () => {
  const wanted = search.value.trim().toLowerCase();
  for (const link of links) {
    const target = document.getElementById(link.hash.slice(1));
    const text = `${link.textContent} ${target?.querySelector('.address')?.textContent ?? ''}`.toLowerCase();
    link.parentElement.hidden = !text.includes(wanted);
  }
  for (const group of document.querySelectorAll('nav .group')) {
    group.hidden = !group.querySelector('li:not([hidden])');
  }
});

const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      for (const link of links) link.removeAttribute('aria-current');
      const link = links.find(({ hash }) => hash === `#${target.id}`);
      link?.setAttribute('aria-current', 'true');
      link?.scrollIntoView({ block: 'nearest' });
    }
  },
  { rootMargin: '-15% 0px -80% 0px' },
);
for (const article of document.querySelectorAll('article')) seen.observe(article);

const { copy, copied } = document.documentElement.dataset;
for (const heading of document.querySelectorAll('.examples .status:first-child')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = copy;
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(heading.nextElementSibling.textContent).then(() => {
      button.textContent = copied;
      setTimeout(() => {
        button.textContent = copy;
      }, 1500);
    });
  });
  heading.append(button);
}
