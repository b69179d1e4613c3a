using System.Globalization;
using Microsoft.Playwright;

namespace Samples.Paper.BrowserTests;

/// <summary>The report as a reader has it: in a browser, from disk.</summary>
public class ReportTests(ReportBrowser browser) : IClassFixture<ReportBrowser>
{
    [Fact]
    public async Task It_renders_without_a_message_and_asks_for_nothing_else()
    {
        var messages = new List<string>();
        var requests = new List<string>();
        IPage page = await browser.Open(watch: page =>
        {
            page.Console += (_, message) => messages.Add(message.Text);
            page.PageError += (_, error) => messages.Add(error);
            page.Request += (_, request) => requests.Add(request.Url);
        });
        await ReportBrowser.Picture(page, "light");

        Assert.Empty(messages);
        Assert.Equal([browser.Report.AbsoluteUri], requests);
        Assert.Equal("Fixed Parameter Expansion, measured", await page.TitleAsync());
        foreach (string section in (string[])["#verdict", "#overview", "#claims", "#origin", "#boolean", "#fashion", "#cnn", "#resnet", "#deep", "#embeddings"])
            Assert.Equal(1, await page.Locator(section).CountAsync());
    }

    [Fact]
    public async Task Every_figure_has_a_drawing_a_caption_and_its_numbers_behind_a_toggle()
    {
        IPage page = await browser.Open();
        IReadOnlyList<ILocator> figures = await page.Locator("figure").AllAsync();
        Assert.True(figures.Count >= 10, $"{figures.Count} figures");
        foreach (ILocator figure in figures)
        {
            LocatorBoundingBoxResult drawing = (await figure.Locator("svg[role=img]").First.BoundingBoxAsync())!;
            Assert.True(drawing.Width > 100 && drawing.Height > 20);
            Assert.NotEmpty(await figure.Locator("figcaption").InnerTextAsync());

            ILocator table = figure.Locator("details table");
            Assert.False(await table.IsVisibleAsync());
            await figure.Locator("summary").ClickAsync();
            Assert.True(await table.IsVisibleAsync());
            Assert.True(await table.Locator("tbody tr").CountAsync() > 0);
            await figure.Locator("summary").ClickAsync();
            Assert.False(await table.IsVisibleAsync());
        }
    }

    [Fact]
    public async Task No_text_of_a_drawing_is_cut_off_and_no_number_is_missing()
    {
        IPage page = await browser.Open();
        string[] outside = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
                const frame = svg.getBoundingClientRect();
                return [...svg.querySelectorAll('text')].filter(text => {
                    const box = text.getBoundingClientRect();
                    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
                }).map(text => text.textContent);
            })
            """);
        Assert.Empty(outside);
        Assert.DoesNotContain("NaN", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_and_series_stand_out_in_both_themes(ColorScheme theme)
    {
        IPage page = await browser.Open(theme: theme);
        if (theme == ColorScheme.Dark)
            await ReportBrowser.Picture(page, "dark");
        string background = await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        Assert.Equal(theme == ColorScheme.Dark, Luminance(background) < 0.2);
        foreach (string selector in (string[])["body", "figcaption", "th", "a"])
        {
            string ink = await page.Locator(selector).First.EvaluateAsync<string>("element => getComputedStyle(element).color");
            Assert.True(Contrast(ink, background) >= 4.5, $"{selector}: {ink} on {background}");
        }

        // What stands on the panel of a figure or of a verdict.
        string panel = await page.Locator("figure").First.EvaluateAsync<string>("element => getComputedStyle(element).backgroundColor");
        foreach ((string selector, string property) in ((string, string)[])[("figcaption", "color"), ("figure a", "color"), ("summary", "color"), (".verdicts .verdict", "color"), (".verdicts small", "color"), ("figure svg .tick", "fill"), ("figure svg .axis", "fill")])
        {
            string ink = await page.Locator(selector).First.EvaluateAsync<string>($"element => getComputedStyle(element).{property}");
            Assert.True(Contrast(ink, panel) >= 4.5, $"{selector}: {ink} on {panel}");
        }

        foreach (string verdict in (string[])["yes", "no", "open", "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"])
        {
            string colour = await page.EvaluateAsync<string>(
                $"() => {{ const probe = document.createElement('span'); probe.className = 'verdict {verdict}'; document.body.append(probe); const colour = getComputedStyle(probe).color; probe.remove(); return colour; }}");
            Assert.True(Contrast(colour, panel) >= (verdict[0] == 'c' ? 3 : 4.5), $"{verdict}: {colour} on {panel}");
        }

        for (int series = 0; series < 8; series++)
        {
            string colour = await page.EvaluateAsync<string>(
                $"() => {{ const probe = document.createElement('span'); probe.className = 'c{series}'; document.body.append(probe); const colour = getComputedStyle(probe).color; probe.remove(); return colour; }}");
            Assert.True(Contrast(colour, background) >= 3, $"c{series}: {colour} on {background}");
        }
    }

    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task It_fits_a_phone(int width, ColorScheme theme)
    {
        IPage page = await browser.Open(width, theme);
        await ReportBrowser.Picture(page, $"phone-{width}");
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task On_a_phone_the_verdict_and_the_effect_are_seen_at_once_and_claims_begin_with_theirs()
    {
        IPage page = await browser.Open(width: 390);
        foreach (string seen in (string[])["#verdict li strong", "#verdict li .verdict", "#verdict li small"])
        {
            LocatorBoundingBoxResult box = (await page.Locator(seen).First.BoundingBoxAsync())!;
            Assert.True(box.Y + box.Height < 300 && box.X >= 0 && box.X + box.Width <= 390, $"{seen} at {box.X}, {box.Y}, {box.Width} wide");
        }

        ILocator claim = page.Locator(".claims tbody tr").First;
        LocatorBoundingBoxResult card = (await claim.BoundingBoxAsync())!;
        foreach (string seen in (string[])[".verdict", ".effect"])
        {
            LocatorBoundingBoxResult box = (await claim.Locator(seen).BoundingBoxAsync())!;
            Assert.True(box.Y < card.Y + 40 && box.X + box.Width <= 390, $"{seen} at {box.X}, {box.Y} of a card at {card.Y}");
        }
    }

    [Theory]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1280)]
    [InlineData(1920)]
    public async Task Text_of_drawings_is_as_large_as_it_must_be_to_be_read(int width)
    {
        IPage page = await browser.Open(width);
        string[] small = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
                const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
                return [...svg.querySelectorAll('text')].map(text => [parseFloat(getComputedStyle(text).fontSize) * scale, text.textContent])
                    .filter(([size]) => size < 11 || size > 17).map(([size, text]) => `${text}: ${size} px`);
            })
            """);
        Assert.Empty(small);
    }

    [Fact]
    public async Task No_two_texts_of_a_drawing_overlap()
    {
        IPage page = await browser.Open(width: 390);
        string[] overlaps = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
                const texts = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
                return texts.flatMap(([one, a], i) => texts.slice(i + 1)
                    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
                    .map(([other]) => `${svg.getAttribute('aria-label')}: ${one} and ${other}`));
            })
            """);
        Assert.Empty(overlaps);
    }

    [Fact]
    public async Task Each_figure_is_saved_as_an_svg_file_that_a_browser_draws()
    {
        IPage page = await browser.Open();
        int figures = await page.Locator("figure").CountAsync();
        Assert.Equal(figures, await page.Locator("figure a[download$='.svg']").CountAsync());

        foreach (string title in (string[])["Gain over the dense parent in all experiments", "Gain against the change of feature capacity"])
        {
            ILocator link = page.Locator("figure", new PageLocatorOptions { HasText = title }).First.Locator("a[download]");
            IDownload download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
            string path = (await download.PathAsync())!;
            Assert.Equal(await link.GetAttributeAsync("download"), download.SuggestedFilename);

            IPage drawing = await browser.OpenFile(path, download.SuggestedFilename);
            Assert.Equal("svg", await drawing.EvaluateAsync<string>("() => document.documentElement.tagName"));
            Assert.Contains(title, await drawing.EvaluateAsync<string>("() => document.documentElement.textContent"), StringComparison.Ordinal);
            string[] outside = await drawing.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('text')].filter(text => {
                    const [box, frame] = [text.getBoundingClientRect(), document.documentElement.getBoundingClientRect()];
                    return box.left < frame.left || box.right > frame.right + 1 || box.bottom > frame.bottom;
                }).map(text => text.textContent)
                """);
            Assert.Empty(outside);
        }
    }

    [Fact]
    public async Task Everything_is_reached_by_keyboard()
    {
        IPage page = await browser.Open(width: 390);
        var reached = new HashSet<string>();
        for (int press = 0; press < 40; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("() => document.activeElement.tagName + (document.activeElement.className ? '.' + document.activeElement.className : '')"));
            string outline = await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle");
            Assert.NotEqual("none", outline);
        }

        // Links, the numbers behind figures, and tables that scroll.
        Assert.Superset(new HashSet<string> { "A", "SUMMARY", "DIV.scroll" }, reached);
        ILocator summary = page.Locator("figure summary").First;
        await summary.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.Locator("figure details table").First.IsVisibleAsync());
    }

    [Fact]
    public async Task It_prints()
    {
        IPage page = await browser.Open(theme: ColorScheme.Dark);
        byte[] pages = await page.PdfAsync(new PagePdfOptions { Format = "A4" });
        Assert.True(pages.Length > 10_000);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        if (Environment.GetEnvironmentVariable("FPE_SCREENSHOTS") is { } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, "print.pdf"), pages);
    }

    // Formulas of the Web Content Accessibility Guidelines 2.1 for relative luminance and contrast.
    private static double Contrast(string one, string other)
    {
        (double first, double second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double[] channels =
        [
            .. colour[(colour.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',')
                .Select(channel => double.Parse(channel, CultureInfo.InvariantCulture) / 255)
                .Select(channel => channel <= 0.03928 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4)),
        ];
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }
}
