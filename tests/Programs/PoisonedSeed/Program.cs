using Fpe.Cli;
using Fpe.Data;
using PoisonedSeed;

return Study.Run(args, new StudyDefinition("PoisonedSeed", "A study of which one seed diverges.", Corners)
{
    Models = [StudyModel.Of<PoisonedNet>()],
});

// Whether the first of four bits is set.
static StudyData Corners()
{
    float[] bits = [.. Enumerable.Range(0, 16 * 4).Select(i => (float)((i / 4 >> (i % 4)) & 1))];
    int[] classes = [.. Enumerable.Range(0, 16).Select(i => i & 1)];
    Dataset corners = Dataset.OfClasses("corners", 4, [.. bits, .. bits], [.. classes, .. classes], 2);
    return new StudyData(corners, corners);
}
