using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Samples.Paper.Results;

/// <summary>Parts of configurations that many lines share: each is read once, by several threads, and its key is kept.</summary>
/// <typeparam name="TPart">The part.</typeparam>
/// <param name="type">The JSON form of the part.</param>
/// <param name="keyOf">Returns the part as part of keys.</param>
internal sealed class PartCache<TPart>(JsonTypeInfo<TPart> type, Func<TPart, string> keyOf)
    where TPart : class
{
    private readonly ConcurrentDictionary<byte[], (TPart Part, string Key)>.AlternateLookup<ReadOnlySpan<byte>> parts =
        new ConcurrentDictionary<byte[], (TPart Part, string Key)>(new JsonComparer()).GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Reads a part.</summary>
    /// <param name="json">An object.</param>
    /// <returns>The part, which is the same object for the same text, and its key.</returns>
    /// <exception cref="JsonException">It is not such a part.</exception>
    public (TPart Part, string Key) Read(ReadOnlySpan<byte> json)
    {
        if (parts.TryGetValue(json, out (TPart Part, string Key) known))
            return known;
        TPart part = JsonSerializer.Deserialize(json, type)!;
        parts.TryAdd(json, (part, keyOf(part)));
        return parts[json];
    }

    private sealed class JsonComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals([AllowNull] byte[] x, [AllowNull] byte[] y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] json) => GetHashCode(json.AsSpan());

        public bool Equals(ReadOnlySpan<byte> json, byte[] other) => json.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> json)
        {
            var hash = new HashCode();
            hash.AddBytes(json);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> json) => json.ToArray();
    }
}
