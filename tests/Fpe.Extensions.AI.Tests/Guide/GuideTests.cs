using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Fpe.Metrics;
using Fpe.Training;
using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI.Tests.Guide;

/// <summary>The code of docs/text.md, compiled and run.</summary>
public sealed class GuideTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
    private readonly string before = Environment.CurrentDirectory;

    public GuideTests() => Environment.CurrentDirectory = folder.FullName;

    public void Dispose()
    {
        Environment.CurrentDirectory = before;
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_code_runs()
    {
        string[] billing = ["I was charged twice", "the invoice shows the wrong amount", "please refund my payment", "my card was charged in error", "the bill is too high", "where is my invoice"];
        string[] shipping = ["my parcel has not arrived", "the parcel was delivered to a neighbour", "when is the delivery", "the courier lost my parcel", "track my shipment", "the delivery is late"];
        string[] technical = ["the program crashes at start", "an error appears when I log in", "the screen stays black", "the update fails with an error", "the program is very slow", "I cannot log in"];
        string[] texts = [.. billing, .. shipping, .. technical];
        string[] labels = [.. billing.Select(_ => "billing"), .. shipping.Select(_ => "shipping"), .. technical.Select(_ => "technical")];
        (string[] testTexts, string[] testLabels) = (["a refund of my payment", "the parcel is late", "the program crashes"], ["billing", "shipping", "technical"]);
        (string[] newTexts, string[] newLabels) = (["the courier rang at the wrong door", "an invoice without a number"], ["shipping", "billing"]);
        (string[] moreTexts, string[] moreLabels) = (["I want to cancel my subscription", "please end my contract", "how do I cancel", "cancel the contract"], ["cancelling", "cancelling", "cancelling", "cancelling"]);
        IEmbeddingGenerator<string, Embedding<float>> myGenerator = new GramGenerator(width: 384, model: "grams-384");
        CancellationToken cancellation = CancellationToken.None;

        IEmbeddingGenerator<string, Embedding<float>> generator = myGenerator.CachedIn("embeddings");
        var options = new TextClassifierOptions
        {
            Training = new TrainingOptions { Epochs = 30, BatchSize = 16, Optimizer = new Adam(5e-3) },
            Observers = [new ConsoleObserver()],
        };
        using TextClassifier<TicketNet> classifier = await TextClassifier.TrainAsync<TicketNet>(generator, texts, labels, options, cancellation);

        ClassProbability guess = await classifier.PredictAsync("my parcel has not arrived");
        Console.WriteLine(guess);                                                       // shipping 98.3 %
        foreach (ClassProbability one in await classifier.PredictTopKAsync("I was charged twice for one parcel", 2))
            Console.WriteLine($"{one.Name}: {one.Probability}");

        ClassProbability? sure = await classifier.PredictAsync("what a lovely day", threshold: 0.7);
        Console.WriteLine(sure is null ? "none of them" : sure.Value.Name);

        ClassProbability[] many = await classifier.PredictAsync(newTexts, cancellation);
        MetricReport report = await classifier.EvaluateAsync(testTexts, testLabels);
        Console.WriteLine(report);

        classifier.Save("tickets.safetensors");
        using TextClassifier<TicketNet> loaded = TextClassifier.Load<TicketNet>("tickets.safetensors", generator);

        using TextClassifier<TicketNet> updated = await loaded.UpdateAsync(newTexts, newLabels, options);

        using TextClassifier<WiderTicketNet> wider = await updated.UpdateAsync<WiderTicketNet>(moreTexts, moreLabels, options);

        Assert.Equal(("shipping", 2, 3), (guess.Name, many.Length, report.Count));
        Assert.Equal(WiderTicketNet.ExpandedWeights, wider.Model.WeightCount);
        Assert.Equal("cancelling", (await wider.PredictAsync("please cancel my contract")).Name);
    }

    [Fact]
    public void The_page_has_no_other_code()
    {
        string guide = Path.GetDirectoryName(ThisFile())!;
        string page = File.ReadAllText(Path.Combine(guide, "..", "..", "..", "docs", "text.md"));
        string compiled = string.Concat(Directory.GetFiles(guide, "*.cs").Select(file => WithoutIndentation(File.ReadAllText(file))));
        MatchCollection blocks = Regex.Matches(page, "```csharp\n(.*?)```", RegexOptions.Singleline);
        Assert.Equal(7, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(WithoutIndentation(block.Groups[1].Value), compiled, StringComparison.Ordinal));
    }

    private static string WithoutIndentation(string code) => string.Concat(code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => line + '\n'));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
