;;; emacs.el --- jsonrpc.el, the library under eglot  -*- lexical-binding: t -*-

;; Header framing, ids that are numbers, nil that goes out as null: `capabilities` and `params` too.

(require 'jsonrpc)

(defconst client-limit 60 "Seconds that anything may take.")
(defvar client-seen nil "Progress values and the symbol `answer', newest first.")

(defun client-check (condition claim)
  (unless condition (error "Does not hold: %s" claim)))

(defun client-wait-for (condition claim)
  "Wait until CONDITION returns non-nil."
  (let ((end (+ (float-time) client-limit)))
    (while (not (funcall condition))
      (client-check (< (float-time) end) claim)
      (accept-process-output nil 0.05))))

(defun client-progress (token)
  "The values of TOKEN and the answers, oldest first."
  (let (values)
    (dolist (item client-seen values)
      (cond ((eq item 'answer) (push item values))
            ((equal (plist-get item :token) token) (push (plist-get item :value) values))))))

(defun client-error-code (connection method params)
  (condition-case failure
      (progn (jsonrpc-request connection method params :timeout client-limit) nil)
    (jsonrpc-error (alist-get 'jsonrpc-error-code (cddr failure)))))

(defun client-connect ()
  (make-instance
   'jsonrpc-process-connection :name "llmbench"
   :request-dispatcher #'ignore
   :notification-dispatcher
   (lambda (_connection method params)
     (when (eq method '$/progress) (push params client-seen)))
   :process
   (if (equal (getenv "TRANSPORT") "tcp")
       (open-network-stream "llmbench" nil "127.0.0.1" (string-to-number (getenv "PORT")) :coding 'no-conversion)
     (lambda ()
       (make-process :name "llmbench" :command (list (getenv "LLMBENCH") "serve" "--stdio")
                     :connection-type 'pipe :coding 'utf-8-emacs-unix :noquery t)))))

(defun client-run-fast (connection)
  (let (run)
    (setq client-seen nil)
    (jsonrpc-async-request
     connection 'benchmark.run
     (list :suite "sorting" :models (vector (getenv "RECORDED_MODEL"))
           :options '(:sizes [5] :samples 6) :workDoneToken "fast")
     :timeout client-limit
     :success-fn (lambda (result) (push 'answer client-seen) (setq run result))
     :error-fn (lambda (failure) (setq run (list :status failure))))
    (client-wait-for (lambda () run) "the run is answered")
    (client-check (equal (plist-get run :status) "completed") "the run is complete")
    (client-check (eql 6 (plist-get (aref (plist-get run :models) 0) :passed)) "the run is right"))
  (let* ((values (client-progress "fast"))
         (kinds (mapcar (lambda (value) (if (eq value 'answer) "answer" (plist-get value :kind))) values)))
    (client-check (and (> (length kinds) 3) (equal (car kinds) "begin") (equal (last kinds 2) '("end" "answer")))
                  (format "begin comes first, end and the answer last: %s" kinds))
    (client-check (equal (delete-dups (butlast (cdr kinds) 2)) '("report")) "reports come between them")
    (client-check (eql 6 (plist-get (car (last values 3)) :completed)) "the last report counts all samples")))

(defun client-cancel-slow (connection)
  (setq client-seen nil)
  (let* ((failure nil)
         ;; The public function keeps the id to itself.
         (id (car (jsonrpc--async-request-1
                   connection 'benchmark.run
                   (list :suite "sorting" :models ["openai-compatible/slow"] :baseURL (getenv "SLOW_URL")
                         :options '(:sizes [5] :samples 4) :concurrency 1 :workDoneToken "slow")
                   :timeout client-limit
                   :success-fn (lambda (result) (setq failure (list :result result)))
                   :error-fn (lambda (problem) (setq failure problem))))))
    (client-wait-for
     (lambda () (seq-some (lambda (value) (eql 1 (plist-get value :completed))) (client-progress "slow")))
     "the slow run reports its first sample")
    (client-check (null failure) "the slow run is not answered by itself")
    (jsonrpc-notify connection '$/cancelRequest (list :id id))
    (client-wait-for (lambda () failure) "the cancelled run is answered")
    (client-check (eql -32800 (plist-get failure :code)) (format "it is answered with -32800: %s" failure))
    (client-check (eql 1 (plist-get (plist-get failure :data) :completedSamples)) "its sample is kept")))

(let* ((connection (client-connect))
       (process (jsonrpc--process connection))
       (welcome (jsonrpc-request connection 'initialize '(:processId nil :capabilities nil) :timeout client-limit)))
  (client-check (equal "llmbench" (plist-get (plist-get welcome :serverInfo) :name)) "the server tells its name")
  (jsonrpc-notify connection 'initialized nil)
  (client-run-fast connection)
  (client-check (eql -32601 (client-error-code connection 'no.such nil)) "an unknown method is refused")
  (client-cancel-slow connection)
  (client-check (null (jsonrpc-request connection 'shutdown nil :timeout client-limit))
                "shutdown is answered with null")
  (jsonrpc-notify connection 'exit nil)
  (client-wait-for (lambda () (not (process-live-p process))) "the server ends after exit")
  (when (equal (getenv "TRANSPORT") "stdio")
    (client-check (eql 0 (process-exit-status process)) "the exit code is 0")))
