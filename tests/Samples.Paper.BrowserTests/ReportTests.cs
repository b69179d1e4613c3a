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
        foreach (string section in (string[])["#overview", "#claims", "#boolean", "#fashion", "#cnn", "#resnet", "#deep", "#embeddings"])
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

        for (int series = 0; series < 8; series++)
        {
            string colour = await page.EvaluateAsync<string>(
                $"() => {{ const probe = document.createElement('span'); probe.className = 'c{series}'; document.body.append(probe); const colour = getComputedStyle(probe).color; probe.remove(); return colour; }}");
            Assert.True(Contrast(colour, background) >= 3, $"c{series}: {colour} on {background}");
        }
    }

    [Fact]
    public async Task It_fits_a_phone()
    {
        IPage page = await browser.Open(width: 360);
        await ReportBrowser.Picture(page, "phone");
        Assert.Equal(360, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
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
