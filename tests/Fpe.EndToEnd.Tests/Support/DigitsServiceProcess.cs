using System.Text.RegularExpressions;

namespace Fpe.EndToEnd.Tests.Support;

/// <summary>The sample of a web service in a process of its own, on a free port.</summary>
public sealed partial class DigitsServiceProcess : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private Command? process;

    /// <summary>Asks the service.</summary>
    public HttpClient Client { get; } = new();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Command.Start(
            DotNet.Host, [Path.Combine(AppContext.BaseDirectory, "DigitsService.dll"), "--urls", "http://127.0.0.1:0", "--contentRoot", AppContext.BaseDirectory],
            onOutput: line =>
            {
                if (Address().Match(line) is { Success: true } match)
                    listening.TrySetResult(match.Groups[1].Value);
            });
        Client.BaseAddress = new Uri(await listening.Task.WaitAsync(Limit));
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Client.Dispose();
        process?.Dispose();
        return Task.CompletedTask;
    }

    [GeneratedRegex("Now listening on: (http.*)")]
    private static partial Regex Address();
}
