/// Every method of the protocol, in the order of its document.
package enum MethodTable {
  package static let all: [any Method.Type] = [
    Initialize.self, Shutdown.self, Discover.self,
    BenchmarkList.self, BenchmarkPlan.self, BenchmarkRun.self, BenchmarkResume.self,
    BenchmarkAttach.self, BenchmarkCancel.self, BenchmarkRescore.self, BenchmarkCheck.self,
    DataGenerate.self, DataProcess.self, DataRecords.self, DataEncode.self, DataDecode.self,
    DataDatasets.self, DataDataset.self, DataCheck.self, DataFetch.self, TokensCount.self,
    CodeExecute.self, CodeGrade.self, ValidateVue.self, ValidateAnswer.self,
    ResultsQuery.self, ResultsGet.self, ResultsSamples.self, ResultsCompare.self, ResultsTrends.self,
    ResultsCosts.self, ResultsModels.self, ResultsRevision.self, ResultsExport.self, ResultsImport.self,
    ReportRender.self,
    ModelsList.self, ModelsInspect.self, SystemDoctor.self, GPUSample.self, GPUWatch.self,
  ]
}
