using Microsoft.Playwright;

namespace Samples.Paper.BrowserTests;

/// <summary>A headless Chromium, and the report to open in it.</summary>
/// <remarks>
/// <c>FPE_REPORT</c> names the report, <c>CHROMIUM</c> the browser where it is not the system's <c>chromium</c>, and
/// <c>FPE_SCREENSHOTS</c> a folder for pictures to look at.
/// </remarks>
public sealed class ReportBrowser : IAsyncLifetime
{
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("fpe-");
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Address of the report on this disk.</summary>
    public Uri Report { get; } = new(Path.GetFullPath(
        Environment.GetEnvironmentVariable("FPE_REPORT")
        ?? throw new InvalidOperationException("FPE_REPORT does not name a report. Make one: dotnet run -c Release --project samples/Paper -- all --quick --report report.html")));

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            // Containers have no user namespaces for the sandbox; the page is our own.
            Args = ["--no-sandbox"],
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        files.Delete(recursive: true);
    }

    /// <summary>Opens the report.</summary>
    /// <param name="width">Width of the window in CSS pixels.</param>
    /// <param name="theme">The theme the user asked the system for.</param>
    /// <param name="watch">Is given the page before the report is loaded.</param>
    public async Task<IPage> Open(int width = 1280, ColorScheme theme = ColorScheme.Light, Action<IPage>? watch = null)
    {
        IPage page = await browser!.NewPageAsync(new BrowserNewPageOptions { ColorScheme = theme, ViewportSize = new ViewportSize { Width = width, Height = 800 } });
        watch?.Invoke(page);
        await page.GotoAsync(Report.AbsoluteUri);
        return page;
    }

    /// <summary>Opens a file that was saved under another name, which says what it is.</summary>
    public async Task<IPage> OpenFile(string path, string name)
    {
        string copy = Path.Combine(files.FullName, name);
        File.Copy(path, copy);
        IPage page = await browser!.NewPageAsync();
        await page.GotoAsync(new Uri(copy).AbsoluteUri);
        return page;
    }

    /// <summary>Takes a picture of the whole page, where a folder for pictures is named.</summary>
    public static async Task Picture(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("FPE_SCREENSHOTS") is { } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
