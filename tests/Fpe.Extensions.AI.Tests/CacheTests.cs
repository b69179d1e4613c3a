using Fpe.Files;
using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI.Tests;

/// <summary>Embeddings on disk.</summary>
public sealed class CacheTests : IDisposable
{
    private static readonly string[] Texts = ["one", "two", "three", "two"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string[] Files => Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_text_is_embedded_once()
    {
        var inner = new GramGenerator();
        using CachedEmbeddingGenerator first = inner.CachedIn(folder.FullName);
        await RequireAsync(first, Texts);
        Assert.Equal(["one", "two", "three"], inner.Embedded);
        await RequireAsync(first, ["three", "four"]);
        Assert.Equal(["one", "two", "three", "four"], inner.Embedded);
        Assert.Equal((1, 4), (first.FoundCount, first.GeneratedCount));

        var other = new GramGenerator();
        using CachedEmbeddingGenerator second = other.CachedIn(folder.FullName);
        await RequireAsync(second, ["four", .. Texts]);
        Assert.Empty(other.Embedded);
    }

    [Fact]
    public async Task What_another_program_has_added_meanwhile_is_found()
    {
        var inner = new GramGenerator();
        using CachedEmbeddingGenerator first = inner.CachedIn(folder.FullName);
        await RequireAsync(first, ["one"]);
        using CachedEmbeddingGenerator second = new GramGenerator().CachedIn(folder.FullName);
        await RequireAsync(second, ["two"]);
        await RequireAsync(first, ["two"]);
        Assert.Equal(["one"], inner.Embedded);
    }

    [Fact]
    public async Task A_classifier_trains_from_it_without_the_generator()
    {
        (string[] texts, string[] labels) = Topics.Of(Topics.Three, 40);
        using (TextClassifier<TopicNet> first = await TextClassifier.TrainAsync<TopicNet>(new GramGenerator().CachedIn(folder.FullName), texts, labels, Classifiers.Options))
        using (TextClassifier<TopicNet> plain = await Classifiers.TrainAsync<TopicNet>())
            Assert.Equal(plain.Values(), first.Values());
        var inner = new GramGenerator();
        using TextClassifier<TopicNet> second = await TextClassifier.TrainAsync<TopicNet>(inner.CachedIn(folder.FullName), texts, labels, Classifiers.Options);
        Assert.Empty(inner.Embedded);
        Assert.Equal("tests/grams-64", second.GeneratorId);
    }

    [Fact]
    public async Task Another_generator_or_another_option_is_another_entry()
    {
        using CachedEmbeddingGenerator first = new GramGenerator().CachedIn(folder.FullName);
        await RequireAsync(first, ["one"]);
        var inner = new GramGenerator(model: "words-64");
        using CachedEmbeddingGenerator second = inner.CachedIn(folder.FullName);
        await RequireAsync(second, ["one"]);
        await second.GenerateAsync(["one"], new EmbeddingGenerationOptions { Dimensions = 32 });
        await second.GenerateAsync(["one"], new EmbeddingGenerationOptions { ModelId = "another" });
        Assert.Equal(["one", "one", "one"], inner.Embedded);
        await second.GenerateAsync(["one"], new EmbeddingGenerationOptions { ModelId = "another" });
        Assert.Equal(3, inner.Embedded.Count);

        var unknown = new EmbeddingGenerationOptions { AdditionalProperties = new() { ["pooling"] = "max" } };
        await second.GenerateAsync(["one"], unknown);
        await second.GenerateAsync(["one"], unknown);
        Assert.Equal(5, inner.Embedded.Count);
    }

    [Fact]
    public async Task Texts_that_are_no_UTF_8_have_entries_of_their_own()
    {
        var inner = new GramGenerator();
        using CachedEmbeddingGenerator cached = inner.CachedIn(folder.FullName);
        await RequireAsync(cached, ["\ud800", "\ud801", "\ufffd", "é", "e\u0301"]);
        Assert.Equal(5, inner.Embedded.Count);
    }

    [Fact]
    public async Task No_damaged_byte_is_ever_used()
    {
        using (CachedEmbeddingGenerator first = new GramGenerator().CachedIn(folder.FullName))
            await RequireAsync(first, Texts);
        string file = Assert.Single(Files);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= (byte)(1 << (i % 8));
            await File.WriteAllBytesAsync(file, damaged);
            using CachedEmbeddingGenerator second = new GramGenerator().CachedIn(folder.FullName);
            await RequireAsync(second, Texts);
            Assert.True(second.DamagedCount > 0 || second.GeneratedCount > 0, $"Byte {i} is not checked.");
            foreach (string added in Files)
                File.Delete(added);
        }
    }

    [Fact]
    public async Task No_length_of_a_truncated_file_is_a_problem()
    {
        using (CachedEmbeddingGenerator first = new GramGenerator().CachedIn(folder.FullName))
            await RequireAsync(first, Texts);
        string file = Assert.Single(Files);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        for (int length = 0; length < bytes.Length; length += 7)
        {
            foreach (string added in Files)
                File.Delete(added);
            await File.WriteAllBytesAsync(file, bytes[..length]);
            using CachedEmbeddingGenerator second = new GramGenerator().CachedIn(folder.FullName);
            await RequireAsync(second, Texts);
        }
    }

    [Fact]
    public async Task A_file_that_is_damaged_or_deleted_while_it_is_used_is_no_problem()
    {
        var inner = new GramGenerator();
        using CachedEmbeddingGenerator cached = inner.CachedIn(folder.FullName);
        await RequireAsync(cached, Texts);
        string file = Assert.Single(Files);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[60] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        await RequireAsync(cached, Texts);
        Assert.Equal((1, 4), (cached.DamagedCount, inner.Embedded.Count));
        foreach (string one in Files)
            File.Delete(one);
        await RequireAsync(cached, Texts);
        Assert.Equal(7, inner.Embedded.Count);
    }

    [Fact]
    public async Task What_a_faulty_generator_returns_is_not_kept()
    {
        using CachedEmbeddingGenerator cached = new ChangedGenerator(all => all.SkipLast(1)).CachedIn(folder.FullName);
        Assert.Equal(
            "Generator tests/grams-64: it returned 2 embeddings for 3 texts, but must return one for each; fix the generator.",
            (await Assert.ThrowsAsync<EmbeddingException>(() => cached.GenerateAsync(Texts))).Message);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task Several_programs_may_use_a_folder_at_the_same_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(program => Task.Run(async () =>
        {
            using CachedEmbeddingGenerator cached = new GramGenerator().CachedIn(folder.FullName);
            for (int i = 0; i < 10; i++)
                await RequireAsync(cached, [.. Enumerable.Range(0, 6).Select(text => $"text {((program + 1) * i * text) % 17}")]);
        })));
        using CachedEmbeddingGenerator last = new GramGenerator().CachedIn(folder.FullName);
        await RequireAsync(last, [.. Enumerable.Range(0, 17).Select(text => $"text {text}")]);
        Assert.Equal(0, last.DamagedCount);
        Assert.DoesNotContain(Files, file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_is_named()
    {
        string file = Path.Combine(folder.FullName, "file");
        File.WriteAllText(file, "");
        Assert.StartsWith(file, Assert.Throws<FileAccessException>(() => new GramGenerator().CachedIn(file)).Message, StringComparison.Ordinal);
    }

    private static async Task RequireAsync(CachedEmbeddingGenerator cached, string[] texts)
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = await cached.GenerateAsync(texts);
        var plain = new GramGenerator();
        Assert.Equal(texts.Select(plain.VectorOf), embeddings.Select(embedding => embedding.Vector.ToArray()));
    }
}
