namespace Fpe.Fuzz.Mutation;

/// <summary>A place in a file that says how much of something follows.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Size">Its bytes: 1, 2, 4 or 8.</param>
/// <param name="IsBigEndian">Whether the highest byte comes first.</param>
public readonly record struct LengthField(int Offset, int Size, bool IsBigEndian = false);
