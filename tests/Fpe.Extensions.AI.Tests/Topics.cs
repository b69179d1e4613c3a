namespace Fpe.Extensions.AI.Tests;

/// <summary>Sentences about fruit, music, tools and weather.</summary>
internal static class Topics
{
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["fruit"] = ["apple", "banana", "cherry", "orange", "raspberry", "peach", "mango", "apricot"],
        ["music"] = ["violin", "trumpet", "symphony", "guitar", "quartet", "soprano", "melody", "cello"],
        ["tools"] = ["hammer", "wrench", "screwdriver", "drill", "pliers", "chisel", "sawblade", "toolbox"],
        ["weather"] = ["thunder", "drizzle", "snowfall", "sunshine", "hailstorm", "fog", "blizzard", "rainbow"],
    };

    private static readonly string[] Frames = ["a {0} and a {1}", "the {0} beside the {1}", "more of {0} than of {1}", "{0}, {1} and the like", "old {0}, new {1}"];

    /// <summary>The three topics that classifiers are trained on.</summary>
    public static string[] Three { get; } = ["fruit", "music", "tools"];

    /// <summary>The topic that comes later.</summary>
    public const string Fourth = "weather";

    /// <summary>Returns sentences of topics, in turn.</summary>
    /// <param name="topics">The topics.</param>
    /// <param name="count">The number of sentences of each.</param>
    /// <param name="first">The number of the first sentence; other numbers are other sentences, up to 280.</param>
    public static (string[] Texts, string[] Labels) Of(IReadOnlyList<string> topics, int count, int first = 0)
    {
        string[] labels = [.. Enumerable.Range(0, count).SelectMany(_ => topics)];
        return ([.. labels.Select((topic, i) => Sentence(Words[topic], first + (i / topics.Count)))], labels);
    }

    private static string Sentence(string[] words, int number)
    {
        int one = number * 3 % words.Length;
        int other = (one + 1 + (number / words.Length % (words.Length - 1))) % words.Length;
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, Frames[number % Frames.Length], words[one], words[other]);
    }
}
