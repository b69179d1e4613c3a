using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

/// <summary>The sample of a web service, asked over HTTP.</summary>
public sealed class ServiceTests(DigitsServiceProcess service) : IClassFixture<DigitsServiceProcess>
{
    private const int Requests = 1024;
    private const int AtOnce = 64;

    // A collection of garbage now and then counts as some kilobytes; a set of buffers for each request would be more than this each.
    private const int NoiseOfRequest = 64;

    private readonly HttpClient client = service.Client;

    [Fact]
    public async Task Parallel_requests_all_get_the_right_answer_and_allocate_no_memory_of_the_model()
    {
        float[][] digits = [.. Enumerable.Range(0, 20).Select(d => Enumerable.Range(0, 64).Select(i => (float)((d * 7 + i * (d + 1)) % 17)).ToArray())];
        var alone = new string[digits.Length];
        for (int d = 0; d < digits.Length; d++)
            alone[d] = await Ask(digits[d]);
        Assert.True(alone.Distinct().Count() > 5, "The samples have too few different answers to tell them apart.");

        await AskAll();
        (long predictions, long bytes) before = await Allocations();
        await AskAll();
        (long predictions, long bytes) after = await Allocations();
        Assert.Equal(Requests, after.predictions - before.predictions);
        Assert.InRange(after.bytes - before.bytes, 0, Requests * NoiseOfRequest);

        Task AskAll() => Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            Assert.Equal(alone[i % digits.Length], await Ask(digits[i % digits.Length])));
    }

    [Fact]
    public async Task A_sample_of_another_length_is_refused_with_the_numbers()
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync("/predict", new { pixels = new float[63] });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("DigitNet predicts one sample of 64 values, but got 63", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> Ask(float[] pixels)
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync("/predict", new { pixels });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<(long Predictions, long Bytes)> Allocations()
    {
        JsonElement count = await client.GetFromJsonAsync<JsonElement>("/allocations");
        return (count.GetProperty("predictions").GetInt64(), count.GetProperty("bytes").GetInt64());
    }
}
