namespace Fpe.Fuzz.Mutation;

/// <summary>A valid file, from which damaged ones are made.</summary>
/// <param name="Content">Its bytes; of a compressed file, those before compression.</param>
/// <param name="Lengths">Where it says how much follows.</param>
public sealed record FuzzSeed(byte[] Content, params IReadOnlyList<LengthField> Lengths)
{
    /// <summary>
    /// What compresses the content; null for a plain file. Damage is done before or after, in turn: after it, checksums stop
    /// nearly everything at the door.
    /// </summary>
    public Func<byte[], byte[]>? Pack { get; init; }

    /// <summary>The valid file.</summary>
    public byte[] File => Pack is null ? Content : Pack(Content);
}
